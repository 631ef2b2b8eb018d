package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one request may ask of the hub: up to each limit it is fine, one more is refused. */
@QuarkusTest
class LimitsTest {
  private static final int KIB = 1024;
  private static final String STREAM = "text/event-stream";
  private static final String JSON = "application/json";

  @TestHTTPResource("/")
  URI base;

  private HttpResponse<String> post(String target, String body) {
    return new HubClient(base).post(target, JSON, body);
  }

  private static void assertAccepted(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static JsonPath assertOver(
      HttpResponse<String> answer, int status, String field, int limit) {
    JsonPath problem = JsonPath.from(answer.body());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("field")).isEqualTo(field);
    assertThat(problem.getInt("limit")).isEqualTo(limit);
    assertThat(problem.getString("unit")).isNotBlank();
    return problem;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String json(String topic, String data) {
    return "{\"topic\":\"%s\",\"data\":\"%s\"}".formatted(topic, data);
  }

  private static String batch(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> "{\"topic\":\"limits\"}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String topics(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> "\"limits/" + i + '"')
        .collect(Collectors.joining(",", "{\"topics\":[", "]}"));
  }

  @Test
  void dataMayBe256KiBOfUtf8() {
    assertAccepted(post("/events/limits", "x".repeat(256 * KIB)));
  }

  @Test
  void moreDataIsTooLarge() {
    assertOver(post("/events/limits", "x".repeat(256 * KIB + 1)), 413, "data", 256 * KIB);
  }

  @Test
  void dataIsCountedInBytes() {
    assertAccepted(post("/events/limits", "알".repeat(256 * KIB / 3)));
    assertOver(post("/events/limits", "알".repeat(256 * KIB / 3 + 1)), 413, "data", 256 * KIB);
  }

  @Test
  void tooMuchDataInABatchIsNamedByItsIndex() {
    String large = json("limits", "x".repeat(256 * KIB + 1));

    JsonPath problem =
        assertOver(
            post("/events", "[%s,%s]".formatted(json("limits", ""), large)),
            413,
            "data",
            256 * KIB);

    assertThat(problem.getInt("index")).isEqualTo(1);
  }

  @Test
  void aBodyMayBe1MiB() {
    String padded = batch(1) + " ".repeat(KIB * KIB - batch(1).length());

    assertAccepted(post("/events", padded));
    assertOver(post("/events", padded + " "), 413, "body", KIB * KIB);
  }

  @Test
  void aTopicMayBe1024Characters() {
    assertAccepted(post("/events/" + encoded("알".repeat(1024)), "x"));
    assertOver(post("/events/" + encoded("알".repeat(1025)), "x"), 400, "topic", 1024);
    assertAccepted(post("/events", json("t".repeat(1024), "")));
    assertOver(post("/events", json("t".repeat(1025), "")), 400, "topic", 1024);
  }

  @Test
  void charactersBeyondTheBasicPlaneCountOnce() {
    assertAccepted(post("/events/" + encoded("🔔".repeat(1024)), "x"));
  }

  @Test
  void aNotificationMayHave100Topics() {
    assertAccepted(post("/events", topics(100)));
    assertOver(post("/events", topics(101)), 400, "topics", 100);
  }

  @Test
  void theTopicsOfOneRequestMayHave65536CharactersTogether() {
    assertAccepted(post("/events", longTopics(64, 1024)));
    assertOver(post("/events", longTopics(65, 1024)), 400, "topics", 65_536);
  }

  private static String longTopics(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(i -> json("%04d".formatted(i) + "t".repeat(length - 4), ""))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String matchers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "topic=limits/" + i + (i % 2 == 0 ? "" : encoded("/{id}")))
        .collect(Collectors.joining("&"));
  }

  private void assertHeard(String query) {
    try (SseClient reader = new HubClient(base).listen("/events?" + query)) {
      assertThat(reader.head().statusCode()).isEqualTo(200);
      assertThat(reader.nextRetry()).isPositive();
    }
  }

  private HttpResponse<String> read(String query, String accept) {
    HubClient hub = new HubClient(base);
    return hub.send(HttpRequest.newBuilder(hub.uri("/events?" + query)).header("Accept", accept));
  }

  @Test
  void aReaderMayAskFor100Topics() {
    assertHeard(matchers(100));
    assertOver(read(matchers(101), STREAM), 400, "topic", 100);
    assertThat(read(matchers(100), JSON).statusCode()).isEqualTo(200);
    assertOver(read(matchers(101), JSON), 400, "topic", 100);
  }

  @Test
  void whatAReaderAsksForMayBe1024Characters() {
    for (String end : List.of("", "/{id}", "/{+rest}")) {
      String filling = "알".repeat(1024 - end.length());
      String longest = "topic=" + encoded(filling + end);
      String longer = "topic=" + encoded(filling + "x" + end);

      assertHeard(longest);
      assertOver(read(longer, STREAM), 400, "topic", 1024);
      assertThat(read(longest, JSON).statusCode()).isEqualTo(200);
      assertOver(read(longer, JSON), 400, "topic", 1024);
    }
    assertOver(read("topic=short&topic=" + "t".repeat(1025), STREAM), 400, "topic", 1024);
  }

  @Test
  void aReaderMayAskFor100Variables() {
    assertThat(page(100).statusCode()).isEqualTo(200);
    assertOver(page(101), 400, "topic", 100);
  }

  private HttpResponse<String> page(int variables) {
    String topics =
        IntStream.range(0, (variables + 9) / 10)
            .mapToObj(i -> "topic=" + i + encoded("/" + template(Math.min(10, variables - 10 * i))))
            .collect(Collectors.joining("&"));
    return read(topics, JSON);
  }

  private static String template(int variables) {
    return IntStream.range(0, variables)
        .mapToObj(i -> "{v%d}".formatted(i))
        .collect(Collectors.joining("/"));
  }

  @Test
  void aBatchMayHave1000Items() {
    assertAccepted(post("/events", batch(1000)));
    assertOver(post("/events", batch(1001)), 400, "body", 1000);
  }

  @Test
  void ndjsonMayHave1000Lines() {
    HubClient hub = new HubClient(base);

    assertAccepted(hub.post("/events", "application/x-ndjson", "{\"topic\":\"l\"}\n".repeat(1000)));
    assertOver(
        hub.post("/events", "application/x-ndjson", "{\"topic\":\"l\"}\n".repeat(1001)),
        400,
        "body",
        1000);
  }

  @Test
  void anEventNameMayBe256Characters() {
    assertAccepted(post("/events/limits?event=" + encoded("알".repeat(256)), "x"));
    assertOver(post("/events/limits?event=" + "e".repeat(257), "x"), 400, "event", 256);
  }

  @Test
  void anIdMayBe256Characters() {
    assertAccepted(post("/events/limits?id=" + "i".repeat(256), "x"));
    assertThat(post("/events/limits?id=" + "i".repeat(257), "x").statusCode()).isEqualTo(400);
  }

  @Test
  void aRetryMayBeADay() {
    assertAccepted(post("/events/limits?retry=86400000", "x"));
    assertOver(post("/events/limits?retry=86400001", "x"), 400, "retry", 86_400_000);
  }
}
