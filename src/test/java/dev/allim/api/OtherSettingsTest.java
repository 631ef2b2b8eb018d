package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.allim.hub.Admission;
import dev.allim.testing.HubClient;
import dev.allim.testing.RawHttp;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub set up otherwise: quick heartbeats, room for two streams, pages of another origin. */
@QuarkusTest
@TestProfile(OtherSettingsTest.OtherSettings.class)
class OtherSettingsTest {
  private static final String SHOP = "https://shop.example";

  /** All that can share one start of the hub. */
  public static class OtherSettings implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "allim.stream.heartbeat", "1s",
          "allim.stream.retry", "4s",
          "allim.limits.streams", "2",
          "allim.demo.enabled", "false",
          "quarkus.http.cors.enabled", "true",
          "quarkus.http.cors.origins", SHOP);
    }
  }

  @TestHTTPResource("/")
  URI base;

  @Inject Admission admission;

  @BeforeEach
  void nobodyListens() {
    await().untilAsserted(() -> assertThat(admission.streams()).isZero());
  }

  private HubClient hub() {
    return new HubClient(base);
  }

  // ---- heartbeats

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aSilentStreamIsKeptAliveByComments(HttpClient.Version version) {
    try (SseClient reader = SseClient.open(version, hub().uri("/events/silent"))) {
      reader.nextRetry();

      assertThat(List.of(reader.nextComment(), reader.nextComment())).containsOnly("");
      assertThat(reader.waiting()).isZero();
    }
  }

  @Test
  void theConfiguredRetryIsSpread() {
    try (SseClient reader = hub().listen("/events/silent")) {
      assertThat(reader.nextRetry()).isBetween(2000L, 6000L);
    }
  }

  // ---- no place left

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void oneStreamTooManyIsToldToComeBackInAWayThatABrowserSurvives(HttpClient.Version version) {
    try (SseClient first = hub().listen("/events/full");
        SseClient second = hub().listen("/events/full");
        SseClient third = SseClient.open(version, hub().uri("/events/full"))) {
      assertThat(third.head().statusCode()).isEqualTo(200);
      assertThat(third.head().headers().firstValue("Content-Type")).contains("text/event-stream");
      assertThat(third.nextRetry()).isBetween(2000L, 10_000L);
      third.awaitEnd();

      hub().post("/events/full", "x");
      assertThat(List.of(first.next().data(), second.next().data())).containsOnly("x");
    }
  }

  @Test
  void aPlaceThatIsGivenBackIsTakenByTheNext() {
    hub().listen("/events/full").close();
    hub().listen("/events/full").close();
    await().untilAsserted(() -> assertThat(admission.streams()).isZero());

    try (SseClient reader = hub().listen("/events/full")) {
      hub().post("/events/full", "x");

      assertThat(reader.next().data()).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep-alive", "close"})
  void inHttp10TheEndOfAStreamIsThatOfItsConnection(String connection) {
    try (SseClient first = hub().listen("/events/full");
        SseClient second = hub().listen("/events/full");
        RawHttp third = RawHttp.connect(base)) {
      assertThat(List.of(first.nextRetry(), second.nextRetry())).hasSize(2);
      third.request("GET /events/full HTTP/1.0", "Connection: " + connection);

      assertThat(String.join("\n", third.readHead()).toLowerCase(Locale.ROOT))
          .doesNotContain("keep-alive");
      assertThat(third.isEnded()).isTrue();
    }
  }

  // ---- pages of another origin

  @Test
  void aPageOfAnAllowedOriginMayListen() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("GET /events/cors HTTP/1.1", "Origin: " + SHOP);

      assertThat(http.readHead())
          .contains("access-control-allow-origin: " + SHOP, "Content-Type: text/event-stream");
      assertThat(http.readThrough("\n\n")).contains("retry: ");
    }
  }

  @Test
  void aPageOfAnAllowedOriginMayPublish() {
    given()
        .header("Origin", SHOP)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "content-type")
        .options("/events")
        .then()
        .statusCode(200)
        .header("access-control-allow-origin", SHOP);
    given()
        .header("Origin", SHOP)
        .contentType("application/json")
        .body("{\"topic\":\"cors\"}")
        .post("/events")
        .then()
        .statusCode(201)
        .header("access-control-allow-origin", SHOP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events/%zz", "/events/;%", "/%zz", "/events/", "/nothing"})
  void aPageOfAnAllowedOriginMayReadWhyItsRequestIsRefused(String path) {
    try (RawHttp http = RawHttp.connect(base)) {
      RawHttp.Answer answer =
          http.request("GET " + path + " HTTP/1.1", "Origin: " + SHOP).readAnswer();

      assertThat(answer.status()).isIn(400, 404);
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(SHOP);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void aPageOfAnAllowedOriginMayReadWhenToComeBack() {
    given()
        .header("Origin", SHOP)
        .post("/events/cors")
        .then()
        .header("access-control-expose-headers", containsString("Retry-After"))
        .header("access-control-expose-headers", containsString("RateLimit"));
  }

  @Test
  void aPageOfAnyOtherOriginIsRefused() {
    given()
        .header("Origin", "https://evil.example")
        .post("/events/cors")
        .then()
        .statusCode(403)
        .header("access-control-allow-origin", (String) null);
  }
}
