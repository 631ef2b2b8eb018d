package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was published before, as the beginning of a stream. */
@QuarkusTest
class SinceTest {
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
    hub().publish("/events/%s?%s".formatted(topic, query), "data");
  }

  private List<String> ids(String target, int count) {
    try (SseClient reader = hub().listen(target)) {
      return reader.next(count).stream().map(ReceivedEvent::lastEventId).toList();
    }
  }

  private static String firstPublished(String target) {
    return given()
        .accept("application/json")
        .get(target)
        .then()
        .statusCode(200)
        .extract()
        .path("items[0].published");
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "10m", "2020-01-01T00:00:00Z", "2020-01-01T01:00:00%2B01:00"})
  void aStreamBeginsInThePastAndGoesOn(String since) {
    String topic = "since/" + since.hashCode();
    publish(topic, topic.hashCode() + "-1", topic.hashCode() + "-2");

    try (SseClient reader = hub().listen("/events/%s?since=%s".formatted(topic, since))) {
      publish(topic, topic.hashCode() + "-3");

      assertThat(reader.next(3))
          .extracting(event -> event.lastEventId().replaceAll(".*-", ""))
          .containsExactly("1", "2", "3");
    }
  }

  /** Of a hub, or a time, whose ids are not known any more: nobody can have mistyped it. */
  @ParameterizedTest
  @ValueSource(strings = {"7", "8"})
  void anIdThatOnlyAHubCanHaveMadeBeginsWithAGap(String version) {
    String id = "urn:uuid:01a21a88-e5a5-" + version + "000-833c-d37a71780a5b";
    publish("since/gap" + version, "sg-" + version);

    try (SseClient reader = hub().listen("/events/since/gap%s?since=%s".formatted(version, id))) {
      assertThat(reader.next(2)).extracting(ReceivedEvent::type).containsExactly("gap", "message");
    }
  }

  @Test
  void aStreamBeginsBehindAnId() {
    publish("since/id", "si-1", "si-2");

    assertThat(ids("/events/since/id?since=si-1", 1)).containsExactly("si-2");
  }

  @Test
  void aStreamBeginsAtTheMomentAnEventWasPublished() {
    publish("since/moment", "sm-1");
    await().until(() -> millisHavePassedSince("since/moment"));
    publish("since/moment", "sm-2", "sm-3");
    String moment = firstPublished("/events/since/moment?since=sm-1");

    assertThat(ids("/events/since/moment?since=" + moment, 2)).containsExactly("sm-2", "sm-3");
  }

  private static boolean millisHavePassedSince(String topic) {
    Instant published = Instant.parse(firstPublished("/events/" + topic));
    return Instant.now().isAfter(published.plusMillis(2));
  }

  @Test
  void theLatestIsTheStateOfEachTopicAndKeyAndThenEveryChange() {
    publishWith("latest/a", "id=la-1&key=k");
    publishWith("latest/a", "id=la-2&key=j");
    publishWith("latest/a", "id=la-3&key=k");
    publish("latest/b", "lb-1", "lb-2");

    try (SseClient reader = hub().listen("/events?topic=latest/a&topic=latest/b&since=latest")) {
      publishWith("latest/a", "id=la-4&key=k");

      assertThat(reader.next(4).stream().map(ReceivedEvent::lastEventId))
          .containsExactly("la-2", "la-3", "lb-2", "la-4");
    }
  }
}
