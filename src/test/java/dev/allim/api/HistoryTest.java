package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was published before, as pages; what is gone from it. */
@QuarkusTest
class HistoryTest {
  @TestHTTPResource("/")
  URI base;

  private HubClient hub() {
    return new HubClient(base);
  }

  private void publish(String topic, String... ids) {
    for (String id : ids) {
      publishWith(topic, "id=" + id);
    }
  }

  private void publishWith(String topic, String query) {
    assertThat(hub().post("/events/%s?%s".formatted(topic, query), "data").statusCode())
        .isEqualTo(201);
  }

  private List<String> ids(String target, int count) {
    try (SseClient reader = hub().listen(target)) {
      return reader.next(count).stream().map(ReceivedEvent::lastEventId).toList();
    }
  }

  private static Response page(String target) {
    return given().urlEncodingEnabled(false).accept("application/json").get(target);
  }

  private static List<String> idsOf(JsonPath page) {
    return page.getList("items.id");
  }

  private static JsonPath json(String target) {
    return page(target).then().statusCode(200).extract().jsonPath();
  }

  // ---- pages

  @Test
  void theLastOfATopicComeOldestFirstAndLeadOn() {
    publish("last/page", "l-1", "l-2", "l-3", "l-4");

    JsonPath last = json("/events/last/page?last=2");
    publish("last/page", "l-5");

    assertThat(idsOf(last)).containsExactly("l-3", "l-4");
    assertThat(last.getBoolean("complete")).isTrue();
    assertThat(idsOf(json("/events/last/page?since=" + last.getString("next"))))
        .containsExactly("l-5");
  }

  @Test
  void aStreamBeginsWithTheLastAndGoesOnLive() {
    publish("last/stream", "s-1", "s-2", "s-3");

    try (SseClient reader = hub().listen("/events?topic=last/%7Bx%7D&topic=last/stream&last=2")) {
      assertThat(reader.next(2))
          .extracting(ReceivedEvent::lastEventId)
          .containsExactly("s-2", "s-3");
      publish("last/stream", "s-4");
      assertThat(reader.next(1)).extracting(ReceivedEvent::lastEventId).containsExactly("s-4");
    }
  }

  /** As an EventSource does, which keeps its address. */
  @Test
  void whoComesBackGoesOnWhereItWasWhateverLastSays() {
    publish("last/again", "a-1", "a-2", "a-3", "a-4");

    assertThat(ids("/events/last/again?last=1&lastEventId=a-1", 3))
        .containsExactly("a-2", "a-3", "a-4");
  }

  @Test
  void pagesLeadFromTheNewestBackToTheOldest() {
    publish("desc", "d-1", "d-2", "d-3", "d-4", "d-5");

    JsonPath first = json("/events/desc?order=desc&limit=2");
    publish("desc", "d-6");
    JsonPath second = json("/events/desc?order=desc&limit=2&before=" + first.getString("next"));
    JsonPath third = json("/events/desc?order=desc&limit=2&before=" + second.getString("next"));

    assertThat(idsOf(first)).containsExactly("d-5", "d-4");
    assertThat(idsOf(second)).containsExactly("d-3", "d-2");
    assertThat(idsOf(third)).containsExactly("d-1");
    assertThat(third.getBoolean("complete")).isTrue();
    assertThat(third.getString("next")).isNull();
    assertThat(json("/events/desc?order=desc&before=d-unknown").getString("gap.asked"))
        .isEqualTo("d-unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "last: last=0",
        "last: last=1001",
        "last: last=some",
        "last: last=5&since=10m",
        "limit: last=5&limit=3",
        "order: order=newest",
        "since: order=desc&since=10m",
        "last: order=desc&last=5",
        "before: before=x"
      })
  void whatCannotGoTogetherIsRefusedByName(String expected) {
    String[] fieldAndQuery = expected.split(": ");

    page("/events/x?" + fieldAndQuery[1])
        .then()
        .statusCode(400)
        .body("field", is(fieldAndQuery[0]));
  }

  @Test
  void aStreamHasNoOrder() {
    given().get("/events/x?order=desc").then().statusCode(400).body("field", is("order"));
  }

  @Test
  void pagesFollowOneAnotherUntilTheyAreComplete() {
    publish("pages/all", "p-1", "p-2", "p-3", "p-4", "p-5");

    JsonPath first = json("/events/pages/all?limit=2");
    JsonPath second = json("/events/pages/all?limit=2&since=" + first.getString("next"));
    JsonPath third = json("/events/pages/all?limit=2&since=" + second.getString("next"));

    assertThat(idsOf(first)).containsExactly("p-1", "p-2");
    assertThat(idsOf(second)).containsExactly("p-3", "p-4");
    assertThat(idsOf(third)).containsExactly("p-5");
    assertThat(List.of(first.getBoolean("complete"), second.getBoolean("complete")))
        .containsOnly(false);
    assertThat(third.getBoolean("complete")).isTrue();
    assertThat(json("/events/pages/all?since=p-5").getString("next")).isEqualTo("p-5");
  }

  @Test
  void anItemSaysAllThatWasPublished() {
    publishWith("pages/item", "id=pi-1&event=order&key=k&ttl=1h");

    JsonPath item = json("/events/pages/item").setRootPath("items[0]");

    assertThat(item.getString("id")).isEqualTo("pi-1");
    assertThat(item.getList("topics", String.class)).containsExactly("pages/item");
    assertThat(item.getString("event")).isEqualTo("order");
    assertThat(item.getString("data")).isEqualTo("data");
    assertThat(item.getString("key")).isEqualTo("k");
    assertThat(java.time.Instant.parse(item.getString("expires")))
        .isAfter(java.time.Instant.parse(item.getString("published")));
  }

  private void publishFrom(String topic, String... parents) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub().uri("/events"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "[{\"topic\":\"%s\",\"data\":\"a\"},{\"topic\":\"%s\",\"delay\":\"5ms\"}]"
                        .formatted(topic, topic)));
    List.of(parents).forEach(parent -> request.header("traceparent", parent));
    assertThat(hub().send(request).statusCode()).isEqualTo(202);
    await().untilAsserted(() -> assertThat(idsOf(json("/events/" + topic))).hasSize(2));
  }

  @Test
  void anItemSaysFromWhereInATraceItWasPublished() {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    publishFrom("pages/traced", parent);

    assertThat(json("/events/pages/traced").getList("items.traceparent"))
        .containsExactly(parent, parent);
  }

  @Test
  void aTraceThatCannotBeDoesNotCount() {
    publishFrom("pages/untraced", "00-nonsense");
    publishFrom(
        "pages/tracedTwice",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b8-01");

    assertThat(page("/events?topic=pages/untraced&topic=pages/tracedTwice").asString())
        .doesNotContain("traceparent");
  }

  @Test
  void aTemplateSelectsTopics() {
    publish("tpl/1/status", "t-1");
    publish("tpl/2/status", "t-2");
    publish("tpl/2/other", "t-3");

    assertThat(idsOf(json("/events?topic=tpl/%7Bid%7D/status"))).containsExactly("t-1", "t-2");
  }

  @Test
  void aPageOfTheLatestIsTheState() {
    publishWith("pages/latest", "id=pl-1&key=k");
    publishWith("pages/latest", "id=pl-2&key=k");

    assertThat(idsOf(json("/events/pages/latest?since=latest"))).containsExactly("pl-2");
  }

  @Test
  void pagesOfTheLatestFollowOneAnotherIntoWhatHasChangedSince() {
    for (int i = 0; i < 5; i++) {
      publishWith("pages/state", "id=ps-" + i + "&key=k" + i);
    }

    JsonPath first = json("/events/pages/state?since=latest&limit=2");
    publishWith("pages/state", "id=ps-5&key=k0");
    publishWith("pages/state", "id=ps-6&key=k3");
    JsonPath second = json("/events/pages/state?limit=2&since=" + first.getString("next"));
    JsonPath third = json("/events/pages/state?limit=2&since=" + second.getString("next"));
    publishWith("pages/state", "id=ps-7&key=k3");
    publishWith("pages/state", "id=ps-8&key=k3");
    JsonPath changes = json("/events/pages/state?since=" + third.getString("next"));

    assertThat(idsOf(first)).containsExactly("ps-0", "ps-1");
    assertThat(idsOf(second)).containsExactly("ps-2", "ps-4");
    assertThat(idsOf(third)).containsExactly("ps-5", "ps-6");
    assertThat(first.getBoolean("complete")).isFalse();
    assertThat(third.getBoolean("complete")).isTrue();
    assertThat(third.getString("next")).isEqualTo("ps-6");
    assertThat(idsOf(changes)).containsExactly("ps-7", "ps-8");
  }

  @Test
  void aStreamGoesOnWhereAPageOfTheLatestEnded() {
    for (int i = 0; i < 3; i++) {
      publishWith("pages/then", "id=pt-" + i + "&key=k" + i);
    }
    String next = json("/events/pages/then?since=latest&limit=1").getString("next");

    assertThat(ids("/events/pages/then?since=" + next, 2)).containsExactly("pt-1", "pt-2");
  }

  @Test
  void theRestOfAStateWhoseBeginningIsGoneIsAllOfIt() {
    publishWith("pages/rest", "id=pr-1&key=k");

    JsonPath page = json("/events/pages/rest?since=latest:gone");

    assertThat(idsOf(page)).containsExactly("pr-1");
    assertThat(page.getString("gap.asked")).isEqualTo("latest:gone");
  }

  @Test
  void aPageBehindAnUnknownIdSaysSo() {
    publish("pages/gap", "pg-1");

    JsonPath page = json("/events/pages/gap?lastEventId=unknown");

    assertThat(page.getString("gap.asked")).isEqualTo("unknown");
    assertThat(idsOf(page)).containsExactly("pg-1");
  }

  @Test
  void aPageThatHasNotChangedIsNotSentAgain() {
    publish("pages/etag", "pe-1");
    String tag = page("/events/pages/etag").getHeader("ETag");

    given()
        .accept("application/json")
        .header("If-None-Match", tag)
        .get("/events/pages/etag")
        .then()
        .statusCode(304);
    publish("pages/etag", "pe-2");
    given()
        .accept("application/json")
        .header("If-None-Match", tag)
        .get("/events/pages/etag")
        .then()
        .statusCode(200)
        .body("items.id[1]", is("pe-2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "many", ""})
  void aLimitThatCannotBeIsRefusedByName(String limit) {
    page("/events/pages/limit?limit=" + limit).then().statusCode(400).body("field", is("limit"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "text/event-stream"})
  void whoDoesNotAskForJsonGetsTheStream(String accept) {
    try (SseClient reader = SseClient.open(hub().uri("/events/pages/accept"), "Accept", accept)) {
      assertThat(reader.head().headers().firstValue("Content-Type")).contains("text/event-stream");
    }
  }

  // ---- gone

  @Test
  void aPurgedTopicIsNeitherOnPagesNorReplayed() {
    publish("purge/a", "pa-1", "pa-2");
    publish("purge/b", "pb-1");

    given().delete("/events/purge/a").then().statusCode(200).body("deleted", is(2));

    assertThat(idsOf(json("/events?topic=purge/a&topic=purge/b"))).containsExactly("pb-1");
    assertThat(ids("/events?topic=purge/a&topic=purge/b&since=earliest", 1))
        .containsExactly("pb-1");
  }

  @Test
  void whatHasExpiredIsNeitherOnPagesNorReplayed() {
    publish("ttl", "tt-1");
    publishWith("ttl", "id=tt-2&ttl=300ms");
    publish("ttl", "tt-3");

    await()
        .untilAsserted(
            () -> assertThat(idsOf(json("/events/ttl"))).containsExactly("tt-1", "tt-3"));

    assertThat(ids("/events/ttl?since=tt-1", 1)).containsExactly("tt-3");
    assertThat(ids("/events/ttl?since=earliest", 2)).containsExactly("tt-1", "tt-3");
  }

  @Test
  void aReaderThatIsThereGetsWhatWillExpire() {
    try (SseClient reader = hub().listen("/events/ttl/live")) {
      publishWith("ttl/live", "id=tl-1&ttl=1h");

      assertThat(reader.next().lastEventId()).isEqualTo("tl-1");
    }
  }

  @Test
  void anIdOfAClientsOwnIsTakenOnce() {
    publish("own", "own-1");

    HttpResponse<String> second = hub().post("/events/own?id=own-1", "data");

    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(JsonPath.from(second.body()).getString("field")).isEqualTo("id");
    assertThat(idsOf(json("/events/own"))).containsExactly("own-1");
  }

  @Test
  void headAnswersWithoutAStream() {
    HttpRequest.Builder head =
        HttpRequest.newBuilder(hub().uri("/events/own?since=earliest"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody());

    assertThat(hub().send(head).statusCode()).isEqualTo(200);
  }
}
