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
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /events}: many notifications at once, as an array and line by line. */
@QuarkusTest
class PublishBatchTest {
  private static final String NDJSON = "application/x-ndjson";

  @TestHTTPResource("/")
  URI base;

  private HttpResponse<String> post(String type, String body) {
    return new HubClient(base).post("/events", type, body);
  }

  private static ValidatableResponse publish(String body) {
    return given().contentType("application/json").body(body).post("/events").then();
  }

  private static ValidatableResponse refused(String body, String field) {
    return publish(body).statusCode(400).body("field", is(field));
  }

  @Test
  void anArrayIsABatchAnsweredByAnArray() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events?topic=json/batch/%7Bn%7D")) {
      publish(
              """
              [{"topic":"json/batch/1","data":"1","id":"b1"},{"topic":"json/batch/2","data":"2","id":"b2"}]
              """)
          .statusCode(201)
          .contentType("application/json")
          .body("id", is(List.of("b1", "b2")))
          .body("topics", is(List.of(List.of("json/batch/1"), List.of("json/batch/2"))));

      assertThat(reader.next(2)).extracting(ReceivedEvent::data).containsExactly("1", "2");
    }
  }

  @Test
  void aBatchIsAllOrNothingAndTheProblemNamesTheItem() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/json/nothing")) {
      refused(
              """
              [{"topic":"json/nothing","data":"1"},{"topic":"json/nothing","evnt":"x"}]
              """,
              "evnt")
          .body("index", is(1));
      publish("{\"topic\":\"json/nothing\",\"data\":\"the first that comes\"}").statusCode(201);

      assertThat(reader.next().data()).isEqualTo("the first that comes");
    }
  }

  @Test
  void anItemThatIsNoObjectIsNamedByItsIndex() {
    refused("[{\"topic\":\"t\"},{\"topic\":\"t\"},7]", "body").body("index", is(2));
  }

  @Test
  void ndjsonIsAnsweredLineByLine() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/json/lines")) {
      HttpResponse<String> answer =
          post(
              NDJSON,
              "{\"topic\":\"json/lines\",\"data\":\"1\",\"id\":\"l1\"}\r\n\n"
                  + "{\"topic\":\"json/lines\",\"data\":\"2\",\"id\":\"l2\"}");

      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.headers().firstValue("Content-Type")).contains(NDJSON);
      assertThat(answer.body())
          .isEqualTo(
              """
              {"id":"l1","topics":["json/lines"]}
              {"id":"l2","topics":["json/lines"]}
              """);
      assertThat(reader.next(2)).extracting(ReceivedEvent::data).containsExactly("1", "2");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"topic\":\"t\"}#{\"topic\":\"t\",\"x\":1} | x    | 1",
        "{\"topic\":\"t\"}#{\"topic\"                | body | 1",
        "[{\"topic\":\"t\"}]                         | body | 0",
      })
  void aFaultyLineIsNamedByItsIndex(String lines, String field, int index) {
    JsonPath problem = JsonPath.from(post(NDJSON, lines.replace('#', '\n')).body());

    assertThat(problem.getInt("status")).isEqualTo(400);
    assertThat(problem.getString("field")).isEqualTo(field);
    assertThat(problem.getInt("index")).isEqualTo(index);
  }

  @Test
  void ndjsonWithoutALineIsRefused() {
    assertThat(post(NDJSON, "\n\n").statusCode()).isEqualTo(400);
  }
}
