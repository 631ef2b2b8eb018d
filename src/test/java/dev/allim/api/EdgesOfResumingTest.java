package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.RawHttp;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers come back with, and how people write where to begin. */
@QuarkusTest
class EdgesOfResumingTest {
  @TestHTTPResource URI base;

  private HubClient hub() {
    return new HubClient(base);
  }

  private void publish(String topic, String... ids) {
    for (String id : ids) {
      assertThat(hub().post("/events/%s?id=%s".formatted(topic, id), id).statusCode())
          .isEqualTo(201);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> page(String target) {
    return hub()
        .send(HttpRequest.newBuilder(hub().uri(target)).header("Accept", "application/json"));
  }

  private List<String> since(String topic, String since) {
    HttpResponse<String> page = page("/events/%s?since=%s".formatted(topic, since));
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    return JsonPath.from(page.body()).getList("items.id");
  }

  // ---- a stream that is cut before its first event

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
  void aStreamThatWasCutBeforeItsFirstEventGoesOnWhereItStood(String version) {
    String topic = "cut/" + version.charAt(7);
    String place;
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("GET /events/%s %s".formatted(topic, version));
      String greeting = http.readThrough("\n\n");
      place = greeting.substring(greeting.indexOf("id: ") + 4, greeting.length() - 2);
    }
    publish(topic, "cut-1-" + version.charAt(7), "cut-2-" + version.charAt(7));

    try (SseClient back = hub().listen("/events/" + topic, "Last-Event-ID", place)) {
      assertThat(back.next(2)).extracting(ReceivedEvent::type).containsOnly("message");
    }
    assertThat(since(topic, place)).hasSize(2);
  }

  // ---- ids

  @ParameterizedTest
  @ValueSource(strings = {" ", " lead", "trail ", "\u00a0", "x\u3000", "place:x", "#5"})
  void anIdThatNoHeaderCarriesBackIsRefused(String id) {
    HttpResponse<String> answer = hub().post("/events/edges?id=" + encoded(id), "x");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JsonPath.from(answer.body()).getString("field")).isEqualTo("id");
  }

  @Test
  void anIdOfTheHubsOwnFormIsRefused() {
    String own = JsonPath.from(hub().post("/events/edges", "x").body()).getString("id");

    HttpResponse<String> answer = hub().post("/events/edges?id=" + own, "x");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("version 8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a+b&c", "주문 à", "\"quoted\\\"", "\ud83d\udd14", "~!@#$%^&*()"})
  void whatIsTakenAsAnIdComesBackUnchanged(String id) {
    String topic = "edges/back" + encoded(id).hashCode();
    publish(topic, encoded(id));
    publish(topic, encoded(id + "2"));

    try (RawHttp http = RawHttp.connect(base)) {
      http.request("GET /events/%s HTTP/1.1".formatted(topic), "Last-Event-ID: " + id);

      assertThat(http.readThrough("data: " + encoded(id + "2") + "\n\n")).doesNotContain("gap");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"#5", "a\tb", "latest:", "[\"a\",1]"})
  void aHeaderOfAnotherHubIsAnsweredByAGapAndTheStreamGoesOn(String id) {
    goesOnBehind(id);
  }

  @Test
  void aHeaderThatIsTooLongToBeAnIdAsWell() {
    goesOnBehind("[" + "\"topic\",".repeat(40) + "1]");
  }

  private void goesOnBehind(String id) {
    String topic = "edges/foreign" + id.hashCode();
    hub().post("/events/" + topic, "kept");

    try (RawHttp http = RawHttp.connect(base)) {
      http.request("GET /events/%s HTTP/1.1".formatted(topic), "Last-Event-ID: " + id);

      assertThat(http.readThrough("data: kept\n\n"))
          .startsWith("HTTP/1.1 200")
          .contains("event: gap");
    }
  }

  @Test
  void aPageBehindAForeignHeaderSaysThatSomethingMayBeMissing() {
    publish("edges/page", "ep-1");

    HttpResponse<String> page =
        hub()
            .send(
                HttpRequest.newBuilder(hub().uri("/events/edges/page"))
                    .header("Accept", "application/json")
                    .header("Last-Event-ID", "x".repeat(295)));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(JsonPath.from(page.body()).getMap("gap")).isEmpty();
    assertThat(JsonPath.from(page.body()).getList("items.id")).containsExactly("ep-1");
  }

  // ---- since

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10min",
        "now",
        "yesterday",
        "0",
        "-10m",
        "-PT10M",
        "P1M",
        "",
        "2026-13-01",
        "10 m",
        "2026-11-26T10:00:00",
        "unknown",
        "%23",
        "Earliest",
        "urn:uuid:x"
      })
  void aSinceThatIsNoneIsRefusedAndShowsWhatIsRight(String since) {
    for (String accept : List.of("application/json", "text/event-stream")) {
      HttpResponse<String> answer =
          hub()
              .send(
                  HttpRequest.newBuilder(hub().uri("/events/edges?since=" + encoded(since)))
                      .header("Accept", accept));

      assertThat(answer.statusCode()).as(accept).isEqualTo(400);
      assertThat(JsonPath.from(answer.body()).getString("field")).isEqualTo("since");
      assertThat(answer.body()).contains("2026-11-22", "10m", "earliest");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10m", "PT10M", "P1D", "P1W", "1d", "99999999d", "PT9223372036854775807S"})
  void aLengthOfTimeReachesBackThatFar(String since) {
    String topic = "edges/ago" + since;
    publish(topic, "ago-" + since);

    assertThat(since(topic, since)).containsExactly("ago-" + since);
  }

  @Test
  void datesAndOffsetsMeanWhatTheySay() {
    publish("edges/when", "when-1");
    Instant now = Instant.now();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    String inSeoul = now.minus(Duration.ofMinutes(1)).atZone(ZoneId.of("+09:00")).toString();

    assertThat(since("edges/when", today.toString())).containsExactly("when-1");
    assertThat(since("edges/when", today.plusDays(2).toString())).isEmpty();
    assertThat(since("edges/when", inSeoul)).as("a raw + in %s", inSeoul).hasSize(1);
    assertThat(since("edges/when", encoded(inSeoul))).hasSize(1);
    assertThat(since("edges/when", "2099-01-01T00:00:00+09:00")).isEmpty();
  }

  @Test
  void aGivenIdThatIsKeptIsOne() {
    publish("edges/known", "10min-ago", "then");

    assertThat(since("edges/known", "10min-ago")).containsExactly("then");
    try (SseClient reader = hub().listen("/events/edges/known?since=10min-ago")) {
      assertThat(reader.next().lastEventId()).isEqualTo("then");
    }
  }

  @Test
  void anIdThatTheHubCouldHaveMadeIsOneWhetherOrNotItIsKept() {
    HttpResponse<String> page =
        page("/events/edges/made?since=urn:uuid:01a2045d-2db3-7000-9b56-3ff811625381");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("gap");
  }

  @Test
  void everyFieldTakesTheSameLengthsOfTime() {
    for (String length : List.of("PT1H", "1h", "P1W", "500ms")) {
      assertThat(hub().post("/events/edges?ttl=" + length, "x").statusCode()).isEqualTo(201);
      assertThat(hub().post("/events/edges?delay=" + length, "x").statusCode()).isEqualTo(202);
    }
  }

  // ---- topics

  @Test
  void aTemplateMayBeWrittenByHandInAQuery() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("GET /events?topic=edges/alerts/{+rest} HTTP/1.1");
      http.readThrough("\n\n");
      hub().post("/events/edges/alerts/fire/3", "hot");

      assertThat(http.readThrough("data: hot\n")).contains("id: ");
    }
  }
}
