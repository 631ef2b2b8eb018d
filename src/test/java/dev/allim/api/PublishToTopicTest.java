package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /events/{topic}}: the body is the data. */
@QuarkusTest
class PublishToTopicTest {
  @TestHTTPResource("/")
  URI base;

  private HttpResponse<String> post(String target, String body) {
    return new HubClient(base).post(target, body);
  }

  private static JsonPath json(HttpResponse<String> answer) {
    return JsonPath.from(answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "text/plain;charset=ISO-8859-1",
        "application/json",
        "application/octet-stream",
        "multipart/form-data",
        "image/png"
      })
  void aBodyOfAnyMediaTypeIsTheDataVerbatim(String mediaType) {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/verbatim")) {
      hub.post("/events/verbatim", mediaType, "a=1&b=%20+c 주문 {\"x\": [1 ]}");

      assertThat(reader.next().data()).isEqualTo("a=1&b=%20+c 주문 {\"x\": [1 ]}");
    }
  }

  @Test
  void aBodyWithoutAMediaTypeIsTheData() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/untyped")) {
      hub.send(
          HttpRequest.newBuilder(hub.uri("/events/untyped"))
              .POST(HttpRequest.BodyPublishers.ofString("x")));

      assertThat(reader.next().data()).isEqualTo("x");
    }
  }

  @Test
  void anEmptyBodyIsEmptyData() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/empty")) {
      hub.post("/events/empty", "");

      assertThat(reader.next().data()).isEmpty();
    }
  }

  @Test
  void theAnswerIs201WithTheIdThatReadersSeeAndTheTopic() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/orders/42")) {
      HttpResponse<String> answer = hub.post("/events/orders/42", "shipped");

      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(json(answer).getMap("").keySet()).hasToString("[id, topics]");
      assertThat(json(answer).getList("topics")).hasToString("[orders/42]");
      assertThat(reader.next())
          .isEqualTo(new ReceivedEvent("message", "shipped", json(answer).getString("id")));
    }
  }

  @Test
  void idsMadeByTheHubAreTimeOrderedUrnsOfUuidVersion8() {
    String first = json(post("/events/ids", "1")).getString("id");
    String second = json(post("/events/ids", "2")).getString("id");

    assertThat(first)
        .matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
        .isLessThan(second);
  }

  @ParameterizedTest
  @CsvSource({
    "/events/a/b/c,            a/b/c",
    "/events/a%2Fb,            a/b",
    "/events/a%252Fb,          a%2Fb",
    "/events/%EC%A3%BC%EB%AC%B8/42, 주문/42",
    "/events/%F0%9F%94%94,     🔔",
    "/events/a+b,              a+b",
    "/events/a%20b,            a b",
    "/events/a//b,             a//b",
    "/events//a,               /a",
    "/events/a/,               a/",
    "/events/.,                .",
    "/events/..,               ..",
    "/events/../x,             ../x",
    "/events/%2e%2E/x,         ../x",
    "/events/a/./b/../c,       a/./b/../c",
    "/events/a%2F..%2Fb,       a/../b",
    "/events/a;b=c,            a;b=c",
    "/events/;a,               ;a",
    "/events//,                /",
    "/events/a%3Fb%23c,        a?b#c",
    "/events/https://example.org/orders/42, https://example.org/orders/42",
    "/events/events/x,         events/x",
    "/events/{id},             {id}",
  })
  void theTopicIsThePathDecodedOnceAndNeverNormalised(String target, String topic) {
    String raw = target.replace("{", "%7B").replace("}", "%7D");

    HttpResponse<String> answer = post(raw, "x");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer).getString("topics[0]")).isEqualTo(topic);
  }

  @Test
  void aReaderOfATopicWithDotsGetsWhatIsPublishedThere() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/up/../down")) {
      hub.post("/events/down", "not this");
      hub.post("/events/up/../down", "this");

      assertThat(reader.next().data()).isEqualTo("this");
    }
  }

  @Test
  void theQueryNamesTheEventAndGivesIdAndRetry() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/queried")) {
      reader.nextRetry();

      hub.post("/events/queried?event=%EB%B3%80%EA%B2%BD+1&id=order%2F42%231&retry=1234", "x");

      assertThat(reader.next()).isEqualTo(new ReceivedEvent("변경 1", "x", "order/42#1"));
      assertThat(reader.nextRetry()).isEqualTo(1234);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/events/,                        topic",
    "/events/*,                       topic",
    "/events/a%00b,                   topic",
    "/events/a%0Ab,                   topic",
    "/events/a%0Db,                   topic",
    "/events/a%7Fb,                   topic",
    "/events/a%C2%85b,                topic",
    "/events/a%E2%80%AEb,             topic",
    "/events/a%E2%80%8Bb,             topic",
    "/events/a%EF%BB%BFb,             topic",
    "/events/%FF,                     topic",
    "/events/%C0%AF,                  topic",
    "/events/%ED%A0%80,               topic",
    "/events/bad?event=a%0Ab,         event",
    "/events/bad?event=%C2%80,        event",
    "/events/bad?event=%E2%80%8D,     event",
    "/events/bad?event=%FF,           event",
    "/events/bad?event=,              event",
    "/events/bad?event=a&event=b,     event",
    "/events/bad?id=a%0Db,            id",
    "/events/bad?id=a%00,             id",
    "/events/bad?id=%EF%BB%BF,        id",
    "/events/bad?id=%FE,              id",
    "/events/bad?id=,                 id",
    "/events/bad?id=earliest,         id",
    "/events/bad?id=%23a,             id",
    "/events/bad?retry=soon,          retry",
    "/events/bad?retry=-1,            retry",
    "/events/bad?retry=1.5,           retry",
    "/events/bad?retry=,              retry",
    "/events/bad?retry=99999999999999999999, retry",
    "/events/bad?evnet=a,             evnet",
    "/events/bad?%FF=a,               query",
  })
  void whatCannotBeIsRefusedByName(String target, String field) {
    HttpResponse<String> answer = post(target, "x");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer).getString("field")).isEqualTo(field);
    assertThat(json(answer).getString("detail")).isNotBlank();
  }

  @Test
  void aBodyThatIsNotUtf8IsRefused() {
    HttpResponse<String> answer =
        new HubClient(base)
            .post(
                "/events/bytes",
                "text/plain",
                HttpRequest.BodyPublishers.ofByteArray(new byte[] {'a', (byte) 0xFF}));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).getString("field")).isEqualTo("body");
  }
}
