package dev.allim.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.testing.HubClient;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is there, over HTTP, in development. */
@QuarkusTest
class SubscriptionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TestHTTPResource("/")
  URI base;

  @Inject ListedJson json;
  @Inject ObjectMapper mapper;

  private final String room = UUID.randomUUID().toString();

  private HubClient hub() {
    return new HubClient(base);
  }

  private HttpResponse<String> get(String target, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(hub().uri(target));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return hub().send(request);
  }

  private String inRoom() {
    return "/subscriptions?topic=" + room;
  }

  private static JsonPath json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonPath.from(answer.body());
  }

  @Test
  void itSaysWhoListensToWhatSinceWhenAndWhere() {
    Instant before = Instant.now().minusSeconds(1);
    try (SseClient reader = hub().listen("/events?topic=" + room + "&topic=x/%7Bid%7D")) {
      assertThat(reader.head().statusCode()).isEqualTo(200);
      JsonPath list = json(get(inRoom()));

      assertThat(list.getString("items[0].id")).matches("urn:uuid:[0-9a-f-]{36}");
      assertThat(list.<String>getList("items[0].topics")).containsExactly(room, "x/{id}");
      assertThat(Instant.parse(list.getString("items[0].since")))
          .isBetween(before, Instant.now().plusSeconds(1));
      assertThat(list.getString("items[0].address")).isEqualTo("127.0.0.1");
      assertThat(list.getString("items[0].subject")).isNull();
      assertThat(list.getString("items[0].node")).endsWith("/" + ProcessHandle.current().pid());
      assertThat(list.getList("items")).hasSize(1);
      assertThat(list.getString("next")).isNull();
    }
    await().atMost(PATIENCE).until(() -> json(get(inRoom())).getList("items").isEmpty());
  }

  @Test
  void anUnchangedListIsNotSentTwice() {
    try (SseClient reader = hub().listen("/events/" + room)) {
      HttpResponse<String> first = get(inRoom());
      String tag = first.headers().firstValue("ETag").orElseThrow();
      assertThat(get(inRoom(), "If-None-Match", tag).statusCode()).isEqualTo(304);

      try (SseClient another = hub().listen("/events/" + room)) {
        assertThat(another.head().statusCode()).isEqualTo(200);
        assertThat(get(inRoom(), "If-None-Match", tag).statusCode()).isEqualTo(200);
      }
      assertThat(reader.head().statusCode()).isEqualTo(200);
      assertThat(first.headers().firstValue("Cache-Control")).contains("private, no-cache");
    }
  }

  @Test
  void pagesFollowEachOther() {
    List<SseClient> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        readers.add(hub().listen("/events/" + room));
      }
      List<String> ids = new ArrayList<>();
      JsonPath page = json(get(inRoom() + "&limit=2"));
      ids.addAll(page.getList("items.id"));
      while (page.getString("next") != null) {
        page = json(get(inRoom() + "&limit=2&after=" + page.getString("next")));
        assertThat(page.getList("items")).hasSizeBetween(1, 2);
        ids.addAll(page.getList("items.id"));
      }

      assertThat(ids).hasSize(5).isSorted();
      assertThat(new HashSet<>(ids)).hasSize(5);
    } finally {
      readers.forEach(SseClient::close);
    }
  }

  @Test
  void whoComesBackSoonIsTheSame() {
    String id;
    try (SseClient reader = hub().listen("/events/" + room)) {
      assertThat(reader.head().statusCode()).isEqualTo(200);
      id = json(get(inRoom())).getString("items[0].id");
    }
    await().atMost(PATIENCE).until(() -> json(get(inRoom())).getList("items").isEmpty());
    try (SseClient again = hub().listen("/events/" + room)) {
      assertThat(again.head().statusCode()).isEqualTo(200);
      assertThat(json(get(inRoom())).getString("items[0].id")).isEqualTo(id);
    }
  }

  @Test
  void aHeadIsThatOfTheList() {
    HttpResponse<String> head =
        hub()
            .send(
                HttpRequest.newBuilder(hub().uri(inRoom()))
                    .method("HEAD", BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag"))
        .isEqualTo(get(inRoom()).headers().firstValue("ETag"));
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=1001, limit",
    "limit=x, limit",
    "after=x, after",
    "topic=%7B, topic",
    "topics=a, topics",
  })
  void whatItDoesNotUnderstandIsRefused(String query, String field) {
    HttpResponse<String> answer = get("/subscriptions?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JsonPath.from(answer.body()).getString("field")).isEqualTo(field);
  }

  @Test
  void nothingElseIsThere() {
    assertThat(hub().post("/subscriptions", "x").statusCode()).isEqualTo(405);
    assertThat(get("/subscriptions/x").statusCode()).isEqualTo(404);
    assertThat(get("/subscriptions", "Accept", "text/html").statusCode()).isEqualTo(406);
  }

  // ---- nodes of another version

  /** What a node understood before there was more to tell. */
  private record Before(
      String id, List<String> topics, String since, Optional<String> subject, String node) {}

  @Test
  void nodesOfTheVersionBeforeUnderstandEachOther() throws JsonProcessingException {
    Before before =
        new Before("urn:uuid:1", List.of("a"), "2026-01-01T00:00:00Z", Optional.empty(), "n/1");
    Listed read = json.read(mapper.writeValueAsString(before)).orElseThrow();
    assertThat(read.id()).isEqualTo(before.id());
    assertThat(read.asked()).isEmpty();

    Listed.Asked asked = new Listed.Asked("exact", "a", Optional.of("{}"));
    Listed now =
        new Listed(
            before.id(),
            before.topics(),
            before.since(),
            Optional.empty(),
            Optional.empty(),
            before.node(),
            Optional.of(List.of(asked)));
    assertThat(json.read(json.text(now))).contains(now);
    assertThat(mapper.readValue(json.text(now), Before.class)).isEqualTo(before);
  }
}
