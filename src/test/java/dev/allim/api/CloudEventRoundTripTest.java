package dev.allim.api;

import static dev.allim.api.CloudEventRequests.STRUCTURED;
import static dev.allim.api.CloudEventRequests.binary;
import static dev.allim.api.CloudEventRequests.event;
import static dev.allim.api.CloudEventRequests.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.testing.HubClient;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A CloudEvent comes back as its publisher wrote it. */
@QuarkusTest
class CloudEventRoundTripTest {
  @TestHTTPResource("/")
  URI base;

  private static final String EXAMPLE =
      """
      {
        "specversion" : "1.0",
        "type" : "com.github.pull_request.opened",
        "source" : "https://github.com/cloudevents/spec/pull",
        "subject" : "123",
        "id" : "A234-1234-1234",
        "time" : "2018-04-05T17:31:00Z",
        "comexampleextension1" : "value",
        "comexampleothervalue" : 5,
        "comexampleflag" : true,
        "dataschema" : "https://example.org/schema",
        "datacontenttype" : "text/xml",
        "data" : "<much wow=\\"xml\\"/>"
      }
      """;

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  private static JsonNode firstOf(String target) {
    return parse(given().accept("application/json").get(target).asString()).at("/items/0");
  }

  @Test
  void itComesBackAsItWasSentLiveReplayedAndOnPages() {
    JsonNode sent = parse(EXAMPLE);
    try (SseClient live = new HubClient(base).listen("/events/123?envelope=cloudevents")) {
      post(STRUCTURED, EXAMPLE).statusCode(201);

      assertThat(parse(live.next().data())).isEqualTo(sent);
    }
    String again = "/events/123?envelope=cloudevents&since=earliest";
    try (SseClient replayed = new HubClient(base).listen(again)) {
      assertThat(parse(replayed.next().data())).isEqualTo(sent);
    }
    assertThat(firstOf("/events/123?envelope=cloudevents")).isEqualTo(sent);
  }

  /** The hub's own answer to when is another question, and has an answer of its own. */
  @Test
  void whenItWasPublishedIsToldInTheHubsOwnEnvelope() {
    String more = ",\"subject\":\"ce/when\",\"time\":\"2018-04-05T17:31:00.5+09:00\"";
    post(STRUCTURED, event("ce-when", more)).statusCode(201);

    assertThat(firstOf("/events/ce/when?envelope=cloudevents").path("time").asText())
        .isEqualTo("2018-04-05T17:31:00.5+09:00");
    assertThat(Instant.parse(firstOf("/events/ce/when?envelope=json").path("published").asText()))
        .isAfter(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void aBinaryOneComesBackWithItsHeadersAndTheTypeOfItsBody() {
    HubClient hub = new HubClient(base);
    HttpRequest.Builder binary =
        HttpRequest.newBuilder(hub.uri("/events"))
            .header("ce-specversion", "1.0")
            .header("ce-id", "ce-back")
            .header("ce-source", "/shop")
            .header("ce-type", "counted")
            .header("ce-subject", "ce/back")
            .header("ce-time", "2026-11-22T09:00:00Z")
            .header("ce-tracestate", "a=b")
            .header("Content-Type", "application/vnd.shop+json")
            .POST(HttpRequest.BodyPublishers.ofString("7"));
    assertThat(hub.send(binary).statusCode()).isEqualTo(201);

    assertThat(firstOf("/events/ce/back?envelope=cloudevents"))
        .isEqualTo(
            parse(
                event(
                        "ce-back",
                        ",'subject':'ce/back','time':'2026-11-22T09:00:00Z','tracestate':'a=b',"
                            + "'datacontenttype':'application/vnd.shop+json','data':7")
                    .replace("shipped", "counted")
                    .replace('\'', '"')));
  }

  @Test
  void whereItWasPublishedIsSaidWhereItsSubjectIsAnother() {
    given()
        .header("Content-Type", STRUCTURED)
        .body(event("ce-where", ",\"subject\":\"42\"").getBytes())
        .post("/events?topic=ce/where")
        .then()
        .statusCode(201);

    JsonNode back = firstOf("/events/ce/where?envelope=cloudevents");
    assertThat(back.path("subject").asText()).isEqualTo("42");
    assertThat(back.path("topic").asText()).isEqualTo("ce/where");
  }

  @Test
  void itHasRoomForWhatAllHaveToHandOnAndNoMore() {
    String extension = ",\"subject\":\"ce/large\",\"long\":\"%s\"";
    post(STRUCTURED, event("ce-60", extension.formatted("x".repeat(60_000)))).statusCode(201);

    post(STRUCTURED, event("ce-70", extension.formatted("x".repeat(70_000))))
        .statusCode(400)
        .body("field", is("body"), "limit", is(65_536), "unit", is("characters"));
  }
}
