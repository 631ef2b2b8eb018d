package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publishing for later, and publishing the same again. */
@QuarkusTest
class DeliveryTest {
  @TestHTTPResource("/")
  URI base;

  private HubClient hub() {
    return new HubClient(base);
  }

  private static ValidatableResponse publish(String body) {
    return given().contentType("application/json").body(body).post("/events").then();
  }

  private HttpResponse<String> publishOnce(String topic, String key, String body) {
    return hub()
        .send(
            HttpRequest.newBuilder(hub().uri("/events/" + topic))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static List<String> kept(String topic) {
    return given()
        .accept("application/json")
        .get("/events/" + topic)
        .then()
        .statusCode(200)
        .extract()
        .path("items.id");
  }

  private static void assertIsProblem(HttpResponse<String> answer, int status, String field) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(JsonPath.from(answer.body()).getString("field")).isEqualTo(field);
  }

  // ---- later

  /** Both times count from the one request, however long it takes. */
  @Test
  void whatIsDelayedIsAcceptedAndComesInTheOrderOfTimes() {
    try (SseClient reader = hub().listen("/events/later/order")) {
      publish(
              """
              [{"topic":"later/order","id":"lo-2","delay":"1200ms"},
               {"topic":"later/order","id":"lo-1","delay":"600ms"}]
              """)
          .statusCode(202)
          .body("id", is(List.of("lo-2", "lo-1")));

      assertThat(reader.next(2).stream().map(ReceivedEvent::lastEventId))
          .containsExactly("lo-1", "lo-2");
      assertThat(kept("later/order")).containsExactly("lo-1", "lo-2");
    }
  }

  @Test
  void whatWaitsHoldsNothingUp() {
    try (SseClient reader = hub().listen("/events/later/now")) {
      String at = Instant.now().plus(Duration.ofHours(1)).toString();
      publish("{\"topic\":\"later/now\",\"id\":\"ln-2\",\"deliverAt\":\"" + at + "\"}")
          .statusCode(202)
          .body("id", is("ln-2"));
      hub().publish("/events/later/now?id=ln-1", "now");

      assertThat(reader.next().lastEventId()).isEqualTo("ln-1");
      assertThat(kept("later/now")).containsExactly("ln-1");
    }
  }

  @Test
  void whatWaitsIsNotInTheHistory() {
    assertThat(hub().post("/events/later/absent?id=lx-1&delay=1h", "x").statusCode())
        .isEqualTo(202);

    assertThat(kept("later/absent")).isEmpty();
  }

  @Test
  void whatWaitsIsCancelledOnce() {
    hub().post("/events/later/cancel?id=lc-1&delay=1h", "x");

    given().delete("/events?id=lc-1").then().statusCode(204);

    given().delete("/events?id=lc-1").then().statusCode(404).body("field", is("id"));
    hub().publish("/events/later/cancel?id=lc-1", "the id is free");
  }

  @Test
  void whatToCancelHasToBeSaid() {
    given().delete("/events").then().statusCode(400).body("field", is("id"));
  }

  @Test
  void aTimeThatIsOverIsNow() {
    HttpResponse<String> answer =
        hub().post("/events/later/past?id=lp-1&deliverAt=2020-01-01T00:00:00Z", "x");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(kept("later/past")).containsExactly("lp-1");
  }

  @ParameterizedTest
  @CsvSource({
    "delay=31d, delay",
    "deliverAt=2999-01-01T00:00:00Z, deliverAt",
    "delay=1s&deliverAt=2020-01-01T00:00:00Z, deliverAt",
    "delay=soon, delay",
    "delay=-1s, delay",
    "deliverAt=tomorrow, deliverAt",
    "ttl=long, ttl",
    "ttl=-PT1S, ttl",
    "ttl=3651d, ttl",
    "key=, key",
    "key=a%0Ab, key",
    "event=gap, event"
  })
  void whatCannotBeIsRefusedByName(String query, String field) {
    assertIsProblem(hub().post("/events/later/refused?" + query, "x"), 400, field);
  }

  // ---- again

  @Test
  void theSameAgainIsAnsweredAlikeAndDeliveredOnce() {
    try (SseClient reader = hub().listen("/events/again/same")) {
      HttpResponse<String> first = publishOnce("again/same", "as", "x");

      HttpResponse<String> second = publishOnce("again/same", "as", "x");

      assertThat(second.statusCode()).isEqualTo(first.statusCode()).isEqualTo(201);
      assertThat(second.body()).isEqualTo(first.body());
      hub().post("/events/again/same?id=as-end", "end");
      assertThat(reader.next(2)).extracting(ReceivedEvent::data).containsExactly("x", "end");
    }
  }

  @Test
  void somethingElseUnderTheSameKeyIsRefused() {
    publishOnce("again/other", "ao", "x");

    HttpResponse<String> other = publishOnce("again/other", "ao", "y");

    assertIsProblem(other, 422, "idempotencyKey");
    assertThat(kept("again/other")).hasSize(1);
  }

  @Test
  void theSameUnderAnotherTopicIsSomethingElse() {
    publishOnce("again/here", "at", "x");

    assertIsProblem(publishOnce("again/there", "at", "x"), 422, "idempotencyKey");
  }

  @Test
  void anItemIsRepeatedByItsOwnKey() {
    String item = "{\"topic\":\"again/item\",\"data\":\"x\",\"idempotencyKey\":\"ai\"}";
    String first = publish(item).statusCode(201).extract().path("id");

    publish("[{\"topic\":\"again/item\",\"id\":\"ai-2\"}," + item + "]")
        .statusCode(201)
        .body("id[1]", is(first));

    assertThat(kept("again/item")).containsExactly(first, "ai-2");
  }

  @Test
  void oneKeyTwiceInABatchIsRefusedByTheIndex() {
    String item = "{\"topic\":\"again/twice\",\"idempotencyKey\":\"tw\"}";

    publish("[" + item + "," + item + "]")
        .statusCode(422)
        .body("field", is("idempotencyKey"))
        .body("index", is(1));

    assertThat(kept("again/twice")).isEmpty();
  }

  @Test
  void aDelayedPublishAgainIsCancelledWithTheFirst() {
    HttpResponse<String> first = publishOnce("again/later?delay=1h", "al", "x");
    HttpResponse<String> second = publishOnce("again/later?delay=1h", "al", "x");

    assertThat(second.statusCode()).isEqualTo(first.statusCode()).isEqualTo(202);
    String id = JsonPath.from(second.body()).getString("id");
    given().queryParam("id", id).delete("/events").then().statusCode(204);
  }
}
