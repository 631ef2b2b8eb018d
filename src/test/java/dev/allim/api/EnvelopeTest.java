package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code envelope}: events that say where they belong and when they were published. */
@QuarkusTest
class EnvelopeTest {
  @TestHTTPResource("/")
  URI base;

  private HubClient hub() {
    return new HubClient(base);
  }

  private void publish(String document) {
    assertThat(hub().post("/events", "application/json", document).statusCode()).isEqualTo(201);
  }

  private static JsonPath json(ReceivedEvent event) {
    return new JsonPath(event.data());
  }

  private static JsonPath page(String target) {
    return given()
        .urlEncodingEnabled(false)
        .accept("application/json")
        .get(target)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static void assertWhole(JsonPath event) {
    assertThat(event.getString("id")).isEqualTo("e-1");
    assertThat(event.getString("topic")).isEqualTo("envelopes/1");
    assertThat(event.getList("topics")).containsExactly("envelopes/1", "envelopes/else");
    assertThat(event.getString("event")).isEqualTo("update");
    assertThat(event.getString("key")).isEqualTo("k");
    assertThat(event.getString("data")).isEqualTo("둘째 \"줄\"\n\u0007");
    assertThat(Instant.parse(event.getString("published"))).isBefore(Instant.now().plusSeconds(9));
    assertThat(Instant.parse(event.getString("expires"))).isAfter(Instant.now());
  }

  @Test
  void jsonSaysAllThatIsKnownLiveAndReplayedAndOnPages() {
    try (SseClient live = hub().listen("/events?topic=envelopes/%7Bid%7D&envelope=json")) {
      publish(
          """
          {"id": "e-1", "topics": ["envelopes/1", "envelopes/else"], "event": "update", "key": "k",
           "ttl": "1h", "data": "둘째 \\"줄\\"\\n\\u0007"}
          """);
      ReceivedEvent event = live.next();
      assertThat(event.type()).isEqualTo("update");
      assertThat(event.lastEventId()).isEqualTo("e-1");
      assertWhole(json(event));
    }
    try (SseClient replayed = hub().listen("/events/envelopes/1?envelope=json&since=earliest")) {
      assertWhole(json(replayed.next()));
    }
    JsonPath page = page("/events/envelopes/1?envelope=json");
    page.setRootPath("items[0]");
    assertWhole(page);
  }

  @Test
  void cloudEventsAreWhatOthersUnderstand() {
    String stream = "/events/envelopes/ce?envelope=cloudevents";
    try (SseClient live = hub().listen(stream)) {
      publish(
          "{\"topic\": \"envelopes/ce\", \"id\": \"envelope-1\", \"data\": {\"state\": \"new\"}}");
      publish("{\"topic\": \"envelopes/ce\", \"event\": \"a.b\", \"data\": \"{no json\"}");

      JsonPath first = json(live.next());
      JsonPath second = json(live.next());
      assertThat(first.getString("specversion")).isEqualTo("1.0");
      assertThat(first.getString("id")).isEqualTo("envelope-1");
      assertThat(first.getString("source")).isEqualTo("/events");
      assertThat(first.getString("type")).isEqualTo("message");
      assertThat(first.getString("subject")).isEqualTo("envelopes/ce");
      assertThat(first.getString("datacontenttype")).isEqualTo("application/json");
      assertThat(first.getString("data.state")).isEqualTo("new");
      assertThat(second.getString("type")).isEqualTo("a.b");
      assertThat(second.getString("datacontenttype")).isEqualTo("text/plain");
      assertThat(second.getString("data")).isEqualTo("{no json");
    }
    assertThat(page(stream).getString("items[0].data.state")).isEqualTo("new");
  }

  @Test
  void whoDoesNotAskGetsTheDataAsBefore() {
    try (SseClient plain = hub().listen("/events/envelopes/plain");
        SseClient enveloped = hub().listen("/events/envelopes/plain?envelope=json");
        SseClient none = hub().listen("/events/envelopes/plain?envelope=none")) {
      hub().publish("/events/envelopes/plain", "as it is");

      assertThat(plain.next().data()).isEqualTo("as it is");
      assertThat(none.next().data()).isEqualTo("as it is");
      assertThat(json(enveloped.next()).getString("data")).isEqualTo("as it is");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "application/json"})
  void anEnvelopeThatIsUnknownIsRefused(String accept) {
    given()
        .accept(accept)
        .get("/events/envelopes/x?envelope=xml")
        .then()
        .statusCode(400)
        .body("field", is("envelope"), "detail", containsString("cloudevents"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"'a\n\nb', -", "'', -", "' data: x', named", "'x\ndata: y', n"})
  void theDataComesThroughWhateverItsLinesAre(String data, String name) {
    String event = name == null ? "" : "?event=" + name;
    try (SseClient live = hub().listen("/events/envelopes/lines?envelope=json")) {
      hub().publish("/events/envelopes/lines" + event, data);

      JsonPath json = json(live.next());
      assertThat(json.getString("data")).isEqualTo(data);
      assertThat(json.getString("event")).isEqualTo(name);
    }
  }
}
