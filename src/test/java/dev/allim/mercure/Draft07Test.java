package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.RawHttp;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 19 of the checklist: the clients and publishers that are deployed today. */
@QuarkusTest
@TestProfile(MercureHubs.Both.class)
class Draft07Test {
  @TestHTTPResource("/")
  URI base;

  private final String topic = "https://example.com/books/" + UUID.randomUUID();

  private MercureClient hub() {
    return MercureClient.of(base);
  }

  // ---- publishers, as they send their requests

  private RawHttp.Answer send(String recorded) throws IOException {
    try (InputStream in =
            Objects.requireNonNull(getClass().getResourceAsStream("/mercure/" + recorded));
        RawHttp socket = RawHttp.connect(base)) {
      String request =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("${token}", MercureHubs.oldPublisher("*").text())
              .replace("${id}", topic.substring(topic.length() - 36));
      int head = request.indexOf("\n\n");
      String body = request.substring(head + 2).strip();
      String lines = request.substring(0, head).replace("${length}", String.valueOf(body.length()));
      return socket.send(lines.replace("\n", "\r\n") + "\r\n\r\n" + body).readAnswer();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"symfony.http", "fetch.http", "curl.http", "node-mercure.http"})
  void line226APublisherOfTodayIsUnderstood(String recorded) throws IOException {
    try (SseClient reader =
        hub()
            .listen(
                field("topic", topic), "Authorization", MercureHubs.oldSubscriber("*").bearer())) {
      RawHttp.Answer answer = send(recorded);

      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(reader.next())
          .isEqualTo(new ReceivedEvent("message", "{\"status\":\"OutOfStock\"}", answer.body()));
    }
  }

  // ---- subscribers

  @Test
  void line221SeveralSelectorsAreOneStream() {
    assertThat(hub().get("").statusCode()).isEqualTo(400);
    try (SseClient reader =
        hub()
            .listen(
                "topic=https://example.com/books/{id}&topic=other"
                    .replace("{", "%7B")
                    .replace("}", "%7D"))) {
      String id = hub().publish(field("topic", topic));

      assertThat(reader.next().lastEventId()).isEqualTo(id);
    }
  }

  @Test
  void line227TheHeadCountsBeforeTheUrlAndThatBeforeTheCookie() {
    String good = MercureHubs.oldSubscriber("*").text();
    String useless = MercureHubs.oldSubscriber("other").text();
    try (SseClient byUrl =
            hub()
                .listen(
                    field("topic", topic) + "&authorization=" + good,
                    "Cookie",
                    "mercureAuthorization=" + useless);
        SseClient byHead =
            hub()
                .listen(
                    field("topic", topic) + "&authorization=" + useless,
                    "Authorization",
                    "Bearer " + good);
        SseClient byCookie =
            hub().listen(field("topic", topic), "Cookie", "mercureAuthorization=" + good)) {
      String id = hub().publish(field("topic", topic) + "&private=on");

      for (SseClient reader : List.of(byUrl, byHead, byCookie)) {
        assertThat(reader.next().lastEventId()).isEqualTo(id);
      }
      assertThat(byUrl.head().headers().firstValue("Cache-Control").orElse(""))
          .as("line 228")
          .contains("private");
    }
  }

  @Test
  void line230ATokenNeedSayNothingElse() {
    String form = field("topic", topic);

    assertThat(
            hub().post(form, "Authorization", MercureHubs.oldPublisher("*").bearer()).statusCode())
        .isEqualTo(200);
    assertThat(
            hub()
                .post(
                    form,
                    "Authorization",
                    MercureHubs.oldPublisher("*").with("aud", "anybody").with("iss", "x").bearer())
                .statusCode())
        .isEqualTo(200);
    assertThat(
            hub()
                .post(
                    form, "Authorization", MercureHubs.oldPublisher("*").with("exp", 1000).bearer())
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void line231TheClaimHasTwoNames() {
    assertThat(
            hub()
                .post(
                    field("topic", topic),
                    "Authorization",
                    MercureHubs.oldPublisher()
                        .with("https://mercure.rocks/", Map.of("publish", List.of("*")))
                        .bearer())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void lines232And233RightsAreSelectors() {
    String form = field("topic", topic) + "&" + field("topic", "other");

    assertThat(
            hub()
                .post(
                    form,
                    "Authorization",
                    MercureHubs.oldPublisher("https://example.com/books/{id}").bearer())
                .statusCode())
        .isEqualTo(403);
    assertThat(
            hub()
                .post(
                    form,
                    "Authorization",
                    MercureHubs.oldPublisher("https://example.com/books/{id}", "other").bearer())
                .statusCode())
        .isEqualTo(200);
    assertThat(
            hub()
                .post(field("topic", topic), "Authorization", MercureHubs.oldPublisher().bearer())
                .statusCode())
        .isEqualTo(403);
  }

  // ---- one hub

  @Test
  void whatOneProtocolPublishesTheOtherHears() {
    HubClient own = new HubClient(base);
    String name = "books-" + UUID.randomUUID();
    try (SseClient mercure = hub().listen("topic=" + name);
        SseClient events = own.listen("/events/" + name)) {
      String id = hub().publish("topic=" + name + "&data=x&type=update&id=" + name);

      ReceivedEvent event = new ReceivedEvent("update", "x", id);
      assertThat(mercure.next()).isEqualTo(event);
      assertThat(events.next()).isEqualTo(event);
    }
    hub().publish("topic=" + name + "&private&data=hidden");
    try (SseClient events = own.listen("/events/" + name + "?since=earliest")) {
      String open = hub().publish("topic=" + name);
      assertThat(events.next().lastEventId()).isEqualTo(name);
      assertThat(events.next().lastEventId()).as("the private one is private").isEqualTo(open);
    }
  }

  @Test
  void lines38To42PagesOfOthersReadWhatTheyMay() {
    try (RawHttp socket = RawHttp.connect(base)) {
      RawHttp.Answer preflight =
          socket
              .request(
                  "OPTIONS " + MercureClient.PATH + " HTTP/1.1",
                  "Origin: " + MercureHubs.PAGE,
                  "Access-Control-Request-Method: QUERY",
                  "Access-Control-Request-Headers: authorization,last-event-id,content-type")
              .readAnswer();
      assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(MercureHubs.PAGE);
      assertThat(preflight.header("Access-Control-Allow-Methods")).contains("QUERY");
    }
    try (SseClient page = hub().listen("match=x", "Origin", MercureHubs.PAGE)) {
      assertThat(page.head().headers().firstValue("Access-Control-Allow-Origin"))
          .contains(MercureHubs.PAGE);
      assertThat(page.head().headers().firstValue("Access-Control-Allow-Credentials"))
          .contains("true");
      assertThat(page.head().headers().firstValue("Access-Control-Expose-Headers").orElse(""))
          .contains("Link", "Mercure-Last-Event-ID", "WWW-Authenticate");
    }
    assertThat(
            hub()
                .post("topic=x", "Origin", "https://evil.example")
                .headers()
                .firstValue("Access-Control-Allow-Origin"))
        .isEmpty();
  }
}
