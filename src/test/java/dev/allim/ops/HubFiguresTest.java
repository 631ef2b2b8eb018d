package dev.allim.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hub says of itself, and to whom. */
@QuarkusTest
class HubFiguresTest {
  @TestHTTPResource("/")
  URI base;

  private HubClient hub() {
    return new HubClient(base);
  }

  @Test
  void whoListensToThemByNameHearsHowTheHubFares() {
    try (SseClient operator = hub().listen("/events?topic=$hub/figures")) {
      ReceivedEvent first = operator.next();
      JsonPath before = JsonPath.from(first.data());
      hub().publish("/events/figures/x", "one more");
      JsonPath after = JsonPath.from(operator.next().data());

      assertThat(first.type()).isEqualTo("figures");
      assertThat(before.getLong("streams")).isPositive();
      assertThat(before.getLong("lanes")).isPositive();
      assertThat(before.getLong("heapUsed")).isPositive().isLessThan(before.getLong("heapMax"));
      assertThat(before.getDouble("cpu")).isBetween(0.0, 1.0);
      assertThat(after.getLong("published")).isGreaterThan(before.getLong("published"));
      assertThat(after.getLong("delivered")).isGreaterThan(before.getLong("delivered"));
      assertThat(after.getLong("publishes")).isGreaterThan(before.getLong("publishes"));
      assertThat(after.getLong("uptime")).isGreaterThan(before.getLong("uptime"));
    }
  }

  @Test
  void theySayWhereAndWhichTopicsAreBusy() {
    try (SseClient operator = hub().listen("/events?topic=$hub/figures&envelope=json")) {
      operator.next();
      String busy = "figures/busy/" + System.nanoTime();
      hub()
          .post(
              "/events", "application/x-ndjson", "{\"topic\":\"%s\"}\n".formatted(busy).repeat(50));

      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                JsonPath event = JsonPath.from(operator.next().data());
                JsonPath figures = JsonPath.from(event.getString("data"));
                assertThat(event.getString("key")).startsWith(figures.getString("node") + "/");
                List<String> topics = figures.getList("topics.topic");
                int at = topics.indexOf(busy);
                return at >= 0 && figures.getInt("topics[%d].published".formatted(at)) == 50;
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/events?topic=*", "/events?topic=%7B%2Brest%7D"})
  void whoListensToEverythingDoesNot(String target) {
    try (SseClient everybody = hub().listen(target);
        SseClient operator = hub().listen("/events?topic=$hub/figures&topic=figures/end")) {
      operator.next();
      operator.next();
      hub().publish("/events/figures/end", "the end");
      ReceivedEvent event = everybody.next();
      for (; !event.data().equals("the end"); event = everybody.next()) {
        assertThat(event.type()).isNotEqualTo("figures");
      }
    }
  }

  @Test
  void everythingAndTheFiguresAreBoth() {
    try (SseClient both = hub().listen("/events?topic=*&topic=$hub/figures")) {
      hub().publish("/events/figures/both?event=mine", "mine");
      List<String> seen = new ArrayList<>();
      while (!seen.containsAll(List.of("figures", "mine"))) {
        seen.add(both.next().type());
      }
      assertThat(seen).contains("figures", "mine");
    }
  }

  @Inject HubFigures figures;

  private int kept() {
    return JsonPath.from(
            hub()
                .send(
                    HttpRequest.newBuilder(hub().uri("/events?topic=$hub/figures&since=earliest"))
                        .header("Accept", "application/json"))
                .body())
        .getList("items")
        .size();
  }

  /** Whoever listens to everything else is not meant; and what was published before is kept. */
  @Test
  void whileNobodyListensNothingIsKept() {
    try (SseClient everybody = hub().listen("/events")) {
      await().atMost(Duration.ofSeconds(30)).until(() -> !figures.isHeard());
      hub().publish("/events/figures/before", "behind the last that was heard");
      everybody.next();
      int before = kept();

      figures.tick();
      figures.tick();

      hub().publish("/events/figures/after", "behind what would have been published");
      assertThat(everybody.next().data()).startsWith("behind what");
      assertThat(kept()).isEqualTo(before);
    }
  }

  @Test
  void nobodyElsePublishesThem() {
    given()
        .body("forged")
        .post("/events/$hub/figures")
        .then()
        .statusCode(400)
        .body("field", is("topic"), "detail", containsString("$hub/"));
  }
}
