package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

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
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /events}: notifications as JSON. */
@QuarkusTest
class PublishJsonTest {
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
    return publish(body)
        .statusCode(400)
        .contentType("application/problem+json")
        .body("title", is("A field is not what it may be"))
        .body("status", is(400))
        .body("detail", not(equalTo("")))
        .body("field", is(field));
  }

  // ---- one

  @Test
  void oneObjectIsOneNotificationWithAllItsFields() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/json/all")) {
      reader.nextRetry();

      publish(
              """
              {"topics":["json/all","json/other"],"event":"update","data":"a\\nb","id":"all-1","retry":777}
              """)
          .statusCode(201)
          .contentType("application/json")
          .body("id", is("all-1"))
          .body("topics", is(List.of("json/all", "json/other")));

      assertThat(reader.next()).isEqualTo(new ReceivedEvent("update", "a\nb", "all-1"));
      assertThat(reader.nextRetry()).isEqualTo(777);
    }
  }

  @Test
  void anAlternateTopicIsAsGoodAsTheFirst() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/json/second")) {
      publish("{\"topics\":[\"json/first\",\"json/second\"],\"data\":\"x\"}").statusCode(201);

      assertThat(reader.next().data()).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"text as it is\"     | text as it is",
        "{ \"b\" : 1, \"a\": [ ] } | {\"b\":1,\"a\":[]}",
        "[1, 2.50, 1e3]        | [1,2.50,1E+3]",
        "12345678901234567890  | 12345678901234567890",
        "true                  | true",
        "null                  | null",
        "\"\\ud83d\\udd14\"    | 🔔",
      })
  void aStringGoesOutVerbatimAndAnythingElseAsCompactJson(String data, String received) {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/json/data")) {
      publish("{\"topic\":\"json/data\",\"data\":%s}".formatted(data)).statusCode(201);

      assertThat(reader.next().data()).isEqualTo(received);
    }
  }

  @Test
  void withoutDataTheDataIsEmpty() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/json/none")) {
      publish("{\"topic\":\"json/none\"}").statusCode(201);

      assertThat(reader.next().data()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json;charset=UTF-8", "Application/JSON", "application/json ;x"})
  void parametersAndCaseOfTheMediaTypeDoNotMatter(String type) {
    assertThat(post(type, "{\"topic\":\"json/types\"}").statusCode()).isEqualTo(201);
  }

  // ---- refused

  @Test
  void whatNobodyCouldBeGrantedToSeeIsNotPublished() {
    refused("{\"topic\":\"t\",\"private\":true}", "private")
        .body("detail", startsWith("without a key in allim.auth"));
    refused("{\"topic\":\"t\",\"private\":1}", "private")
        .body("detail", startsWith("private must be true or false"));
    assertThat(post("application/json", "{\"topic\":\"t\",\"private\":false}").statusCode())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"topic\":\"t\",\"dta\":1}             | dta",
        "{\"data\":1}                            | topic",
        "{\"topic\":\"t\",\"topics\":[\"t\"]}    | topic",
        "{\"topic\":1}                           | topic",
        "{\"topic\":null}                        | topic",
        "{\"topic\":\"\"}                        | topic",
        "{\"topic\":\"*\"}                       | topic",
        "{\"topic\":\"a\\u0000b\"}               | topic",
        "{\"topic\":\"a\\nb\"}                   | topic",
        "{\"topic\":\"a\\u0085b\"}               | topic",
        "{\"topic\":\"a\\u202eb\"}               | topic",
        "{\"topic\":\"a\\ud800b\"}               | topic",
        "{\"topics\":\"t\"}                      | topics",
        "{\"topics\":[]}                         | topics",
        "{\"topics\":[1]}                        | topics",
        "{\"topics\":[\"t\",\"t\"]}              | topics",
        "{\"topics\":[\"t\",\"*\"]}              | topic",
        "{\"topic\":\"t\",\"event\":\"\"}        | event",
        "{\"topic\":\"t\",\"event\":1}           | event",
        "{\"topic\":\"t\",\"event\":\"a\\rb\"}   | event",
        "{\"topic\":\"t\",\"event\":\"\\u200b\"} | event",
        "{\"topic\":\"t\",\"event\":\"\\udc00\"} | event",
        "{\"topic\":\"t\",\"id\":\"\"}           | id",
        "{\"topic\":\"t\",\"id\":7}              | id",
        "{\"topic\":\"t\",\"id\":\"a\\nb\"}      | id",
        "{\"topic\":\"t\",\"id\":\"\\ufeff\"}    | id",
        "{\"topic\":\"t\",\"retry\":-1}          | retry",
        "{\"topic\":\"t\",\"retry\":1.5}         | retry",
        "{\"topic\":\"t\",\"retry\":\"1\"}       | retry",
        "{\"topic\":\"t\",\"retry\":1e99}        | retry",
        "{\"topic\":\"t\",\"data\":\"\\ud800\"}  | data",
        "{\"topic\":\"t\",\"data\":{\"a\":\"\\udfff\"}} | data",
        "{\"topic\":\"t\",\"topic\":\"u\"}       | body",
        "{\"topic\":\"t\",\"data\":{\"a\":1,\"a\":2}} | body",
        "{\"topic\":\"t\"} {\"topic\":\"u\"}     | body",
        "{\"topic\":\"t\"                        | body",
        "{'topic':'t'}                           | body",
        "{\"topic\":\"t\",}                      | body",
        "{\"topic\":NaN}                         | body",
        "nonsense                                | body",
        "7                                       | body",
        "null                                    | body",
        "\"topic\"                               | body",
        "[]                                      | body",
      })
  void whatCannotBeIsRefusedByName(String body, String field) {
    refused(body, field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void anEmptyBodyIsRefused(String body) {
    assertThat(JsonPath.from(post("application/json", body).body()).getString("detail"))
        .contains("empty");
  }

  @Test
  void malformedJsonIsAnsweredWithThePlaceAndWithoutClassNames() {
    assertThat(
            JsonPath.from(post("application/json", "{\n  \"topic\" 1}").body()).getString("detail"))
        .startsWith("malformed JSON at line 2, column")
        .doesNotContain("jackson", "java.");
  }

  @Test
  void deeplyNestedJsonIsRefusedAndNotARecursionTooFar() {
    refused("{\"topic\":\"t\",\"data\":" + "[".repeat(100_000), "body");
  }

  @Test
  void aHugeNumberIsRefusedOrKeptButNeverAFault() {
    assertThat(post("application/json", "{\"topic\":\"t\",\"retry\":1" + "0".repeat(5000) + "}"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(400);
  }

  @Test
  void aParameterOnTheCollectionIsRefusedByName() {
    given()
        .contentType("application/json")
        .body("{\"topic\":\"t\"}")
        .post("/events?event=a")
        .then()
        .statusCode(400)
        .body("field", is("event"));
  }

  @Test
  void idsOfABatchAreUniqueAndInItsOrder() {
    List<String> ids =
        publish("[{\"topic\":\"a\"},{\"topic\":\"a\"},{\"topic\":\"a\"}]")
            .body("id", everyItem(startsWith("urn:uuid:")))
            .extract()
            .path("id");

    assertThat(ids).doesNotHaveDuplicates().isSorted();
    assertThat(UUID.fromString(ids.get(0).substring("urn:uuid:".length())).version()).isEqualTo(8);
  }

  @Test
  void problemsSayWhatIsKnown() {
    publish("{\"topic\":\"t\",\"evnt\":\"x\"}")
        .body("detail", startsWith("there is no field 'evnt'; known are ["))
        .body("keySet()", not(hasItem("index")))
        .body("keySet()", not(hasItem("limit")));
  }
}
