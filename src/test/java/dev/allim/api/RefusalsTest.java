package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.allim.testing.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not possible at all is a problem, too, and says what would be. */
@QuarkusTest
class RefusalsTest {
  @TestHTTPResource("/")
  URI base;

  private static void assertProblem(ValidatableResponse answer, int status, String detail) {
    answer
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", is(status))
        .body("detail", containsString(detail));
  }

  @Test
  void anotherPathIsNotFound() {
    assertProblem(given().get("/nothing/here").then(), 404, "/events/{topic}");
    assertProblem(given().body("x").post("/nothing/here").then(), 404, "/events/{topic}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "TRACE", "PROPFIND"})
  void anotherMethodIsNotAllowedAndTheAllowHeaderSaysWhatIs(String method) {
    for (String path : new String[] {"/events", "/events/orders/42"}) {
      ValidatableResponse answer = given().request(method, path).then();

      assertProblem(answer, 405, "use GET, HEAD, POST");
      answer.header("Allow", "GET, HEAD, POST, DELETE, OPTIONS");
    }
  }

  @Test
  void optionsSayWhatIsAllowed() {
    given().options("/events").then().statusCode(200).header("Allow", containsString("POST"));
  }

  @Test
  void anAnswerThatNobodyAcceptsIsNotMade() {
    assertProblem(given().accept("image/png").get("/events").then(), 406, "text/event-stream");
    assertProblem(
        given().accept("image/png").get("/events/orders/42").then(), 406, "text/event-stream");
    assertProblem(
        given().accept("image/png").body("x").post("/events/t").then(), 406, "application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "broken", ";", "a/b/c"})
  void theCollectionTakesJsonOnly(String type) {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("POST /events HTTP/1.1", "Content-Type: " + type, "Content-Length: 2")
          .send("{}");
      RawHttp.Answer answer = http.readAnswer();

      Assertions.assertThat(answer.status()).isEqualTo(415);
      Assertions.assertThat(JsonPath.from(answer.body()).getString("detail"))
          .contains("application/json, application/x-ndjson or CloudEvents");
    }
  }

  @Test
  void theCollectionWantsAMediaType() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("POST /events HTTP/1.1", "Content-Length: 2").send("{}");

      Assertions.assertThat(http.readAnswer().status()).isEqualTo(415);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET events/t HTTP/1.1, 404",
    "GET * HTTP/1.1, 404",
    "OPTIONS * HTTP/1.1, 404",
    "CONNECT localhost:80 HTTP/1.1, 404",
    "GET ?a HTTP/1.1, 400",
  })
  void whatTheRouterRefusesIsAProblemToo(String line, int status) {
    try (RawHttp http = RawHttp.connect(base)) {
      RawHttp.Answer answer = http.request(line).readAnswer();

      Assertions.assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      Assertions.assertThat(answer.status()).isEqualTo(status);
      Assertions.assertThat(JsonPath.from(answer.body()).getInt("status")).isEqualTo(status);
    }
  }

  @Test
  void aRequestWithoutAHostIsAProblem() {
    try (RawHttp http = RawHttp.connect(base)) {
      RawHttp.Answer answer = http.send("GET /events HTTP/1.1\r\n\r\n").readAnswer();

      Assertions.assertThat(answer.status()).isEqualTo(400);
      Assertions.assertThat(JsonPath.from(answer.body()).getString("detail")).contains("Host");
    }
  }
}
