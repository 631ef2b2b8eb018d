package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others say in CloudEvents is published like everything else. */
@QuarkusTest
class CloudEventsTest {
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";

  @TestHTTPResource("/")
  URI base;

  private static String event(String id, String more) {
    return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/shop\",\"type\":\"shipped\"%s}"
        .formatted(id, more);
  }

  private static ValidatableResponse post(String type, String body) {
    // bytes, so that nothing is added to the media type
    return given().header("Content-Type", type).body(body.getBytes()).post("/events").then();
  }

  private static JsonPath page(String topic) {
    return given().accept("application/json").get("/events/" + topic).jsonPath();
  }

  @Test
  void aStructuredOneIsPublishedUnderItsSubject() {
    String tomorrow =
        Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS).toString();
    String more =
        ",\"subject\":\"ce/structured\",\"time\":\"2026-11-22T09:00:00Z\",\"partitionkey\":\"k\""
            + ",\"expirytime\":\""
            + tomorrow
            + "\",\"datacontenttype\":\"application/json\""
            + ",\"someextension\":7,\"dataschema\":null,\"data\":{\"a\": [1, 2]}";

    post(STRUCTURED + "; charset=utf-8", event("ce-1", more))
        .statusCode(201)
        .body("id", is("ce-1"))
        .body("topics[0]", is("ce/structured"));

    JsonPath page = page("ce/structured");
    assertThat(page.getString("items[0].id")).isEqualTo("ce-1");
    assertThat(page.getString("items[0].event")).isEqualTo("shipped");
    assertThat(page.getString("items[0].key")).isEqualTo("k");
    assertThat(page.getString("items[0].data")).isEqualTo("{\"a\":[1,2]}");
    assertThat(page.getString("items[0].expires")).isEqualTo(tomorrow);
  }

  @Test
  void aReaderHearsItByItsType() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/ce/heard")) {
      post(STRUCTURED, event("ce-heard", ",\"subject\":\"ce/heard\",\"data\":\"a word\""))
          .statusCode(201);

      ReceivedEvent heard = reader.next();
      assertThat(heard.type()).isEqualTo("shipped");
      assertThat(heard.data()).isEqualTo("a word");
      assertThat(heard.lastEventId()).isEqualTo("ce-heard");
    }
  }

  /** As the header of a trace would be. */
  @Test
  void itCarriesItsTrace() {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    post(
            STRUCTURED,
            event("ce-trace", ",\"subject\":\"ce/trace\",\"traceparent\":\"" + parent + "\""))
        .statusCode(201);

    assertThat(page("ce/trace").getString("items[0].traceparent")).isEqualTo(parent);
  }

  @Test
  void withoutASubjectTheSourceIsTheTopicAndTheAddressWinsOverBoth() {
    post(STRUCTURED, event("ce-source", "")).statusCode(201).body("topics[0]", is("/shop"));

    given()
        .header("Content-Type", STRUCTURED)
        .body(event("ce-address", ",\"subject\":\"elsewhere\"").getBytes())
        .post("/events?topic=ce/address")
        .then()
        .statusCode(201)
        .body("topics[0]", is("ce/address"));
  }

  @Test
  void aBatchIsAllOrNothingAndSaysWhichIsWrong() {
    String subject = ",\"subject\":\"ce/batch\",\"data\":1";
    String wrong = event("", subject);
    post(BATCH, "[" + event("ce-b1", subject) + "," + wrong + "]")
        .statusCode(400)
        .body("field", is("id"))
        .body("index", is(1));
    assertThat(page("ce/batch").getList("items")).isEmpty();

    post(BATCH, "[" + event("ce-b1", subject) + "," + event("ce-b2", subject) + "]")
        .statusCode(201)
        .body("[1].id", is("ce-b2"));
    assertThat(page("ce/batch").getList("items.id")).isEqualTo(List.of("ce-b1", "ce-b2"));
  }

  private static RequestSpecification binary(String id) {
    return given()
        .header("ce-specversion", "1.0")
        .header("ce-id", id)
        .header("ce-source", "/shop")
        .header("ce-type", "shipped")
        .header("ce-subject", "ce/binary/%EC%A3%BC%EB%AC%B8")
        .header("Content-Type", "text/plain")
        .body("as it is".getBytes());
  }

  @Test
  void inBinaryModeTheBodyIsTheDataAndHeadersAreTheAttributes() {
    binary("ce-binary")
        .header("ce-partitionkey", "k")
        .post("/events")
        .then()
        .statusCode(201)
        .body("topics[0]", is("ce/binary/주문"));

    JsonPath page = page("ce/binary/주문");
    assertThat(page.getString("items[0].data")).isEqualTo("as it is");
    assertThat(page.getString("items[0].event")).isEqualTo("shipped");
    assertThat(page.getString("items[0].key")).isEqualTo("k");
  }

  @Test
  void theHeadersBelongToWhatAnIdempotencyKeyStandsFor() {
    binary("ce-i1").header("Idempotency-Key", "ce").post("/events").then().statusCode(201);
    binary("ce-i1").header("Idempotency-Key", "ce").post("/events").then().statusCode(201);
    binary("ce-i2").header("Idempotency-Key", "ce").post("/events").then().statusCode(422);
  }

  @Test
  void bytesAreTextInBase64() {
    post(STRUCTURED, event("ce-64", ",\"subject\":\"ce/64\",\"data_base64\":\"7JWM66a8\""))
        .statusCode(201);

    assertThat(page("ce/64").getString("items[0].data")).isEqualTo("알림");
  }

  /** What the hub says in CloudEvents it understands itself. */
  @Test
  void whatTheHubSaysItUnderstands() {
    new HubClient(base).publish("/events/ce/round?key=k", "{\"a\":1}");
    String said =
        given()
            .accept("application/json")
            .get("/events/ce/round?envelope=cloudevents")
            .jsonPath()
            .prettify();
    JsonPath first = JsonPath.from(said);
    String id = first.getString("items[0].id");
    String again =
        new ObjectMapper().valueToTree(first.getMap("items[0]")).toString().replace(id, "ce-again");

    post(STRUCTURED, again).statusCode(201);

    JsonPath page = page("ce/round");
    assertThat(page.getMap("items[1]"))
        .containsAllEntriesOf(java.util.Map.of("id", "ce-again", "data", "{\"a\":1}", "key", "k"))
        .doesNotContainKey("event");
  }

  /** As in section "Example" of the specification, and in that of its JSON format. */
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "specversion {'id':'x','source':'s','type':'t'}",
        "specversion {'specversion':'0.3','id':'x','source':'s','type':'t'}",
        "source {'specversion':'1.0','id':'x','source':'','type':'t'}",
        "type {'specversion':'1.0','id':'x','source':'s','type':'gap'}",
        "type {'specversion':'1.0','id':'x','source':'s','type':null}",
        "subject {'specversion':'1.0','id':'x','source':'s','type':'t','subject':'$hub/x'}",
        "source {'specversion':'1.0','id':'x','source':'a\\u0000b','type':'t'}",
        "id {'specversion':'1.0','id':'#x','source':'s','type':'t'}",
        "id {'specversion':'1.0','id':['x'],'source':'s','type':'t'}",
        "time {'specversion':'1.0','id':'x','source':'s','type':'t','time':'yesterday'}",
        "expirytime {'specversion':'1.0','id':'x','source':'s','type':'t','expirytime':'2001-01-01T00:00:00Z'}",
        "data_base64 {'specversion':'1.0','id':'x','source':'s','type':'t','data_base64':'/w=='}",
        "data_base64 {'specversion':'1.0','id':'x','source':'s','type':'t','data_base64':'§'}",
        "data_base64 {'specversion':'1.0','id':'x','source':'s','type':'t','data':1,'data_base64':''}",
        "Upper {'specversion':'1.0','id':'x','source':'s','type':'t','Upper':'x'}",
        "body 7"
      })
  void whatIsWrongIsSaidWithTheAttribute(String expected) {
    String[] fieldAndEvent = expected.split(" ", 2);

    post(STRUCTURED, fieldAndEvent[1].replace('\'', '"'))
        .statusCode(400)
        .body("field", equalTo(fieldAndEvent[0]));
  }

  @Test
  void theSameIdAgainIsSaidToBeThere() {
    post(STRUCTURED, event("ce-twice", "")).statusCode(201);

    post(STRUCTURED, event("ce-twice", ""))
        .statusCode(409)
        .body("field", is("id"))
        .body("detail", containsString("ce-twice"));
  }
}
