package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.RawHttp;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET}: streams of Server-Sent Events. */
@QuarkusTest
class ListenTest {
  @TestHTTPResource("/")
  URI base;

  private HubClient hub() {
    return new HubClient(base);
  }

  // ---- the head

  @Test
  void theHeadLeavesAtOnceWithNothingInventedFollowedByARetryAndThePlaceItStandsAt() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("GET /events/quiet HTTP/1.1");

      assertThat(http.readHead())
          .containsExactlyInAnyOrder(
              "HTTP/1.1 200 OK",
              "Content-Type: text/event-stream",
              "Cache-Control: no-cache, no-transform",
              "X-Accel-Buffering: no",
              "transfer-encoding: chunked");
      assertThat(http.readThrough("\n\n\r\n"))
          .matches("[0-9a-f]+\r\nretry: [0-9]+\nid: place:[A-Za-z0-9_-]+\n\n\r\n");
    }
  }

  @Test
  void theRetryIsSpreadAroundTwoSeconds() {
    try (SseClient reader = hub().listen("/events/quiet")) {
      assertThat(reader.nextRetry()).isBetween(1000L, 3000L);
    }
  }

  @Test
  void onTheWireEachLineOfTheDataIsAField() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("GET /events/wire HTTP/1.1");
      http.readThrough("\n\n\r\n");

      hub().post("/events/wire?event=e&id=wire-1&retry=5", " a\r\nid: x\r\n\ndata");

      assertThat(http.readThrough("\n\n\r\n"))
          .endsWith(
              "\r\nid: wire-1\nevent: e\nretry: 5\ndata:  a\ndata: id: x\ndata: \ndata: data\n\n\r\n");
    }
  }

  @Test
  void headAnswersLikeGetWithoutAStream() {
    try (RawHttp http = RawHttp.connect(base)) {
      for (String target : List.of("/events", "/events/t", "/events?topic=a&topic=b/%7Bc%7D")) {
        List<String> head = http.request("HEAD " + target + " HTTP/1.1").readHead();

        assertThat(head)
            .containsExactlyInAnyOrder(
                "HTTP/1.1 200 OK",
                "Content-Type: text/event-stream",
                "Cache-Control: no-cache, no-transform",
                "X-Accel-Buffering: no");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/events/a%7Bb,             400",
    "/events?tpic=a,            400",
    "/events/a?lastEventId=%0A, 400",
    "/nothing,                  404",
  })
  void headIsRefusedLikeGet(String target, int status) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub().uri(target))
            .method("HEAD", HttpRequest.BodyPublishers.noBody());

    assertThat(hub().send(request).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "text/event-stream", "text/*;q=0.5", "text/html, */*;q=0.1"})
  void whoeverAcceptsAStreamGetsOne(String accept) {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("GET /events/accepted HTTP/1.1", "Accept: " + accept);

      assertThat(http.readHead()).contains("Content-Type: text/event-stream");
    }
  }

  // ---- what is delivered

  @ParameterizedTest
  @CsvSource({
    "/events/m1/42,                          m1/42",
    "/events?topic=m2/42,                    m2/42",
    "/events?topic=m3/%7Bid%7D,              m3/42",
    "/events/m4/%7Bid%7D,                    m4/42",
    "/events?topic=m5/%7B%2Brest%7D,         m5/4/2",
    "/events?topic=none&topic=m6/42,         m6/42",
    "/events/m7%2F42,                        m7/42",
    "/events/%EC%95%8C%EB%A6%BC,             %EC%95%8C%EB%A6%BC",
  })
  void aMatcherAdmitsWhatItAsksFor(String target, String topic) {
    try (SseClient reader = hub().listen(target)) {
      hub().post("/events/" + topic, "x");

      assertThat(reader.next().data()).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/events/n1/42,                  n1/4",
    "/events/n2/42,                  n2/42/",
    "/events?topic=n3/%7Bid%7D,      n3/4/2",
    "/events?topic=n4/%7Bid%7D,      n4/",
    "/events?topic=n5/%7B%2Brest%7D, n5",
    "/events/N6,                     n6",
  })
  void aMatcherAdmitsNothingElse(String target, String topic) {
    HubClient hub = hub();
    String both = target + (target.contains("?") ? "&" : "?") + "topic=n/end";
    String everything =
        target.contains("?") ? both : "/events?topic=" + target.substring(8) + "&topic=n/end";
    try (SseClient reader = hub.listen(everything)) {
      hub.post("/events/" + topic, "not this");
      hub.post("/events/n/end", "this");

      assertThat(reader.next().data()).isEqualTo("this");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/events/*", "/events?topic=*", "/events?topic=a&topic=*"})
  void everythingIsEverything(String target) {
    HubClient hub = hub();
    try (SseClient reader = hub.listen(target)) {
      String id = JsonPath.from(hub.post("/events/any/thing", "x").body()).getString("id");

      assertThat(reader.next(3)).extracting(ReceivedEvent::lastEventId).contains(id);
    }
  }

  @Test
  void severalMatchersThatFitDeliverOneCopy() {
    HubClient hub = hub();
    String target = "/events?topic=one/copy&topic=one/%7Bx%7D&topic=%7B%2By%7D/copy&topic=one/copy";
    try (SseClient reader = hub.listen(target)) {
      hub.post(
          "/events", "application/json", "{\"topics\":[\"one/copy\",\"one/2\"],\"data\":\"1\"}");
      hub.post("/events/one/copy", "2");

      assertThat(reader.next(2)).extracting(ReceivedEvent::data).containsExactly("1", "2");
    }
  }

  @Test
  void aReaderSeesTheOrderInWhichItWasPublishedWhateverTheTopics() {
    HubClient hub = hub();
    try (SseClient reader = hub.listen("/events?topic=order/%7Bn%7D")) {
      for (int i = 0; i < 50; i++) {
        hub.post("/events/order/" + i % 7, String.valueOf(i));
      }

      assertThat(reader.next(50))
          .extracting(event -> Integer.valueOf(event.data()))
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/events/a%7Bb,                       topic",
    "/events/a%7Db,                       topic",
    "/events/%7B%7D,                      topic",
    "/events/%7Ba%7D%7Bb%7D,              topic",
    "/events/%7Ba%7D/%7Ba%7D,             topic",
    "/events?topic=a%7B%3Fb%7D,           topic",
    "/events?topic=,                      topic",
    "/events?topic=%00,                   topic",
    "/events?topic=%FF,                   topic",
    "/events?topic=%E2%80%AE,             topic",
    "/events?topics=a,                    topics",
    "/events/a?topic=b,                   topic",
    "/events/a?event=b,                   event",
    "/events/a?lastEventId=a&lastEventId=b, lastEventId",
    "/events/a?lastEventId=%0A,           id",
  })
  void whatCannotBeAskedForIsRefusedByName(String target, String field) {
    HttpResponse<String> answer = hub().send(HttpRequest.newBuilder(hub().uri(target)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(JsonPath.from(answer.body()).getString("field")).isEqualTo(field);
  }

  @Test
  void aReaderMayAskFor100Topics() {
    String target = "/events?topic=t" + "&topic=t".repeat(100);

    HttpResponse<String> answer = hub().send(HttpRequest.newBuilder(hub().uri(target)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JsonPath.from(answer.body()).getInt("limit")).isEqualTo(100);
  }

  // ---- other versions of HTTP

  @Test
  void overHttp2TheSameIsDelivered() {
    try (SseClient reader = SseClient.open(HttpClient.Version.HTTP_2, hub().uri("/events/h2"))) {
      hub().post("/events/h2?event=update", "둘\n셋");

      assertThat(reader.head().version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(reader.head().headers().map())
          .containsEntry("content-type", List.of("text/event-stream"))
          .containsEntry("cache-control", List.of("no-cache, no-transform"))
          .containsEntry("x-accel-buffering", List.of("no"))
          .hasSize(4)
          .containsKey(":status");
      assertThat(reader.nextRetry()).isPositive();
      assertThat(reader.next())
          .extracting(ReceivedEvent::type, ReceivedEvent::data)
          .containsExactly("update", "둘\n셋");
    }
  }

  @Test
  void anHttp10ClientGetsAStreamWithoutChunks() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("GET /events/ten HTTP/1.0");
      assertThat(http.readHead())
          .containsExactlyInAnyOrder(
              "HTTP/1.0 200 OK",
              "Content-Type: text/event-stream",
              "Cache-Control: no-cache, no-transform",
              "X-Accel-Buffering: no");
      assertThat(http.readThrough("\n\n")).matches("retry: [0-9]+\nid: place:[A-Za-z0-9_-]+\n\n");

      hub().post("/events/ten?id=ten-1", "x");

      assertThat(http.readThrough("\n\n")).isEqualTo("id: ten-1\ndata: x\n\n");
    }
  }

  /** Browsers do not encode braces in a query. */
  @Test
  void bracesMayComeAsTheyAre() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("GET /events?topic=braces/{id} HTTP/1.1");
      http.readThrough("\n\n\r\n");
      hub().post("/events/braces/7", "fits");

      assertThat(http.readThrough("data: fits\n")).contains("id: ");
    }
  }
}
