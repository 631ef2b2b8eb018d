package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.allim.testing.HubClient;
import dev.allim.testing.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the heads of requests and answers say of pages, streams and publishes. */
@QuarkusTest
class HeadersTest {
  @TestHTTPResource("/")
  URI base;

  private HubClient hub() {
    return new HubClient(base);
  }

  private static Response page(String target) {
    return given().accept("application/json").get(target);
  }

  // ---- caches

  @Test
  void theSameIdWithOtherDataIsAnotherPage() {
    hub().post("/events/headers/again?id=ha-1", "stale");
    String tag = page("/events/headers/again").getHeader("ETag");
    given().delete("/events/headers/again").then().statusCode(200);
    hub().post("/events/headers/again?id=ha-1", "fresh");

    given()
        .accept("application/json")
        .header("If-None-Match", tag)
        .get("/events/headers/again")
        .then()
        .statusCode(200)
        .header("ETag", not(is(tag)))
        .body("items.data", is(List.of("fresh")));
  }

  @Test
  void aPageSaysWhatItDependsOnAndIsNobodyElses() {
    hub().post("/events/headers/vary", "x");
    Response page = page("/events/headers/vary");
    Response unchanged =
        given()
            .accept("application/json")
            .header("If-None-Match", page.getHeader("ETag"))
            .get("/events/headers/vary");

    assertThat(unchanged.statusCode()).isEqualTo(304);
    for (Response answer : List.of(page, unchanged)) {
      assertThat(answer.getHeader("Vary"))
          .isEqualTo("Accept, Authorization, Cookie, Last-Event-ID");
      assertThat(answer.getHeader("Cache-Control")).isEqualTo("private, no-cache");
      assertThat(answer.getHeader("ETag")).isEqualTo(page.getHeader("ETag"));
    }
  }

  // ---- HEAD and what is accepted

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json                           | application/json  | 200",
        "application/json, text/event-stream        | text/event-stream | 200",
        "application/json, text/event-stream;q=0.9  | application/json  | 200",
        "text/event-stream;q=0, */*                 | application/json  | 200",
        "text/*;q=0, application/*                  | application/json  | 200",
        "*/*;q=0, text/event-stream                 | text/event-stream | 200",
        "*; q=.2                                    | text/event-stream | 200",
        "text/event-stream;q=0                      | problem           | 406",
        "*/*;q=0                                    | problem           | 406",
        "image/png                                  | problem           | 406",
        "image/png, */*;q=0.1                       | text/event-stream | 200",
      })
  void getAndHeadGiveWhatIsAccepted(String accept, String type, int status) {
    for (String target : List.of("/events", "/events/headers/accept")) {
      for (String method : List.of("GET", "HEAD")) {
        try (RawHttp http = RawHttp.connect(base)) {
          List<String> head =
              http.request(method + " " + target + " HTTP/1.1", "Accept: " + accept).readHead();

          assertThat(head.get(0)).as(method).contains(" " + status + " ");
          assertThat(String.join("\n", head)).as(method).contains(type);
        }
      }
    }
  }

  @Test
  void headOfAPageHasTheHeadersOfThePage() {
    hub().post("/events/headers/head", "x");
    Response get = page("/events/headers/head?limit=1");
    Response head = given().accept("application/json").head("/events/headers/head?limit=1");

    assertThat(head.statusCode()).isEqualTo(200);
    for (String name : List.of("Content-Type", "ETag", "Cache-Control", "Vary")) {
      assertThat(head.getHeader(name)).as(name).isEqualTo(get.getHeader(name)).isNotNull();
    }
  }

  @Test
  void aLimitIsForPagesWhetherByGetOrByHead() {
    given().accept("application/json").head("/events/headers?limit=0").then().statusCode(400);
    given().head("/events/headers?limit=1").then().statusCode(400);
    page("/events/headers?limit=0").then().statusCode(400);
    given().get("/events/headers?limit=1").then().statusCode(400);
  }

  // ---- publishes

  @Test
  void answersOfPublishesEndWithANewline() {
    String one = "{\"topic\":\"headers\"}";

    assertThat(hub().post("/events/headers", "x").body()).endsWith("}\n");
    assertThat(hub().post("/events", "application/json", one).body()).endsWith("}\n");
    assertThat(hub().post("/events", "application/json", "[" + one + "]").body()).endsWith("]\n");
    assertThat(hub().post("/events", "application/x-ndjson", one).body()).endsWith("}\n");
  }

  @Test
  void postAndDeleteAnswerInOneMediaType() {
    HubClient hub = hub();
    String posted =
        hub.post("/events/headers/type", "x").headers().firstValue("Content-Type").get();
    String deleted =
        hub.send(HttpRequest.newBuilder(hub.uri("/events/headers/type")).DELETE())
            .headers()
            .firstValue("Content-Type")
            .get();

    assertThat(deleted).isEqualTo(posted);
  }

  @Test
  void anAnswerForLaterSaysWhen() {
    String when = Instant.now().plusSeconds(3600).toString();
    given()
        .contentType("application/json")
        .body(
            "[{\"topic\":\"headers\",\"deliverAt\":\"%s\",\"id\":\"hl-2\"},{\"topic\":\"headers\"}]"
                .formatted(when))
        .post("/events")
        .then()
        .statusCode(202)
        .body("[0].deliverAt", is(when))
        .body("[1].containsKey('deliverAt')", is(false));
    given().delete("/events?id=hl-2").then().statusCode(204);
  }

  /** When it was to be delivered at first, though that would be later by now. */
  @Test
  void anAnswerForLaterIsRepeatedWithItsTime() {
    String body = "{\"topic\":\"headers\",\"delay\":\"1h\"}";
    Map<String, String> key = Map.of("Idempotency-Key", "headers-later");
    String first = delayed(body, key);

    assertThat(first).contains("\"deliverAt\":\"");
    assertThat(delayed(body, key)).isEqualTo(first);
  }

  @Test
  void anItemForLaterIsRepeatedWithItsTime() {
    String body = "{\"topic\":\"headers\",\"delay\":\"1h\",\"idempotencyKey\":\"hi-1\"}";
    String first = delayed(body, Map.of());

    assertThat(first).contains("\"deliverAt\":\"");
    assertThat(delayed(body, Map.of())).isEqualTo(first);
  }

  private static String delayed(String body, Map<String, String> headers) {
    Response answer =
        given().contentType("application/json").headers(headers).body(body).post("/events");
    answer.then().statusCode(202);
    return answer.asString();
  }
}
