package dev.allim.api;

import static dev.allim.api.CloudEventRequests.BATCH;
import static dev.allim.api.CloudEventRequests.STRUCTURED;
import static dev.allim.api.CloudEventRequests.binary;
import static dev.allim.api.CloudEventRequests.event;
import static dev.allim.api.CloudEventRequests.page;
import static dev.allim.api.CloudEventRequests.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
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

  @TestHTTPResource("/")
  URI base;

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
