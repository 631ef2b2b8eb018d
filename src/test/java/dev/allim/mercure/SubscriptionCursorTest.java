package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.RawHttp;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Section 14 of the checklist: from where updates tell of what is not on a page. */
@QuarkusTest
@TestProfile(MercureHubs.Telling.class)
class SubscriptionCursorTest {
  private static final String ROOT = MercureClient.SUBSCRIPTIONS;
  private static final Pattern CURSOR = Pattern.compile("last-event-id=\"([^\"]*)\"");

  @TestHTTPResource("/")
  URI base;

  private final String topic = UUID.randomUUID().toString();

  private MercureClient hub() {
    return MercureClient.of(base);
  }

  static String cursor(HttpResponse<String> answer) {
    Matcher cursor = CURSOR.matcher(answer.headers().firstValue("Link").orElse(""));
    assertThat(cursor.find()).isTrue();
    return cursor.group(1);
  }

  @Test
  void lines159And160UpdatesGoOnWhereAPageEnds() {
    String before = hub().publish(field("topic", topic));
    HttpResponse<String> answer = hub().document(ROOT, MercureHubs.watcher());
    assertThat(answer.headers().firstValue("Link").orElse(""))
        .startsWith("</.well-known/mercure>; rel=\"mercure\"; last-event-id=")
        .contains("type=\"mercure\"", "content-type=\"application/json\"");
    assertThat(cursor(answer))
        .as("an id, which was told after %s", before)
        .isNotEqualTo("earliest");
    try (SseClient reader = hub().join(field("match", topic));
        SseClient watcher =
            hub()
                .listen(
                    field("match_urlpattern", ROOT + "/*")
                        + "&"
                        + field("last_event_id", cursor(answer)),
                    "Authorization",
                    MercureHubs.watcher().bearer())) {
      assertThat(watcher.head().headers().firstValue("Mercure-Last-Event-ID"))
          .contains(cursor(answer));
      ReceivedEvent event = watcher.next();
      while (!event.data().contains(topic)) {
        event = watcher.next();
      }
      assertThat(new JsonObject(event.data()).getBoolean("active")).isTrue();
      assertThat(reader.waiting()).isZero();
    }
  }

  @Test
  void line162AnUnchangedPageIsNotSentTwice() {
    String path = ROOT + "/exact/" + topic;
    HttpResponse<String> first = hub().document(path, MercureHubs.watcher());
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).matches("\"[^\"]+\"");
    HttpResponse<String> same = hub().document(path, MercureHubs.watcher(), "If-None-Match", tag);
    // unless somebody of another test has come or gone meanwhile
    while (same.statusCode() != 304) {
      tag = same.headers().firstValue("ETag").orElseThrow();
      same = hub().document(path, MercureHubs.watcher(), "If-None-Match", tag);
    }
    assertThat(same.body()).isEmpty();
    assertThat(same.headers().firstValue("ETag")).contains(tag);

    hub().publish("topic=x");
    assertThat(hub().document(path, MercureHubs.watcher(), "If-None-Match", tag).statusCode())
        .as("its cursor is another")
        .isEqualTo(200);
  }

  @Test
  void line161WhatIsTooLongForAPageHasANext() {
    String mark = UUID.randomUUID().toString();
    String many =
        IntStream.range(0, 60)
            .mapToObj(i -> field("match", mark + i + "x".repeat(900)))
            .collect(Collectors.joining("&"));
    List<RawHttp> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        RawHttp socket = RawHttp.connect(base);
        sockets.add(socket);
        socket
            .request(
                "QUERY " + MercureClient.PATH + " HTTP/1.1",
                "Content-Type: " + MercureClient.FORM,
                "Content-Length: " + many.length())
            .send(many);
        assertThat(socket.readHead()).anyMatch(line -> line.startsWith("HTTP/1.1 200"));
      }
      int found = 0;
      int pages = 0;
      String query = "";
      while (found < 5 * 60 || pages < 2) {
        HttpResponse<String> answer = hub().document(ROOT + query, MercureHubs.watcher());
        found +=
            (int)
                new JsonObject(answer.body())
                    .getJsonArray("subscriptions").stream()
                        .filter(one -> ((JsonObject) one).getString("match").startsWith(mark))
                        .count();
        pages++;
        query =
            answer.headers().allValues("Link").stream()
                .filter(link -> link.contains("rel=\"next\""))
                .map(link -> link.substring(1, link.indexOf('>')))
                .findFirst()
                .orElse("");
        assertThat(query.isEmpty()).as("after %d", found).isEqualTo(found == 5 * 60);
      }
      assertThat(found).isEqualTo(5 * 60);
    } finally {
      sockets.forEach(RawHttp::close);
    }
  }
}
