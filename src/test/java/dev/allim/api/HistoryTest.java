package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.allim.testing.SseClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was published before, as pages; what is gone from it. */
@QuarkusTest
class HistoryTest extends AskingForHistory {
  // ---- pages

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
