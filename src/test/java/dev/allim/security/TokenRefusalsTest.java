package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.RawHttp;
import dev.allim.testing.Tokens;
import dev.allim.testing.WrongTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever shows a wrong token is refused, wherever and however, and learns nothing from it. */
@QuarkusTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class TokenRefusalsTest {
  static final String PAGE = "https://page.example";

  /** So many of a subject, each test having subjects of its own where it gets many. */
  static final int MOST_TICKETS = 50;

  private static final String EVIL = "https://evil.example";

  /** A hub that trusts two, and a third who cannot be reached. */
  public static class WithKeys implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(WrongTokens.settings());
      settings.put("allim.auth.issuers.later.jwks", "http://127.0.0.1:1/keys");
      settings.put("allim.auth.issuers.later.issuer", "later");
      settings.put("allim.auth.cookie.origins", PAGE);
      settings.put("allim.auth.ticket.most", Integer.toString(MOST_TICKETS));
      settings.put("allim.demo.enabled", "false");
      settings.put("quarkus.http.cors.enabled", "true");
      settings.put("quarkus.http.cors.origins", PAGE);
      return settings;
    }
  }

  @TestHTTPResource("/")
  URI base;

  private HubClient hub() {
    return new HubClient(base);
  }

  /**
   * A request without a carrier.
   *
   * @param stranger the status for whoever shows nothing
   * @param granted the status for whoever may do everything
   */
  private record Route(
      String method, String target, String type, String body, int stranger, int granted) {
    HttpRequest.Builder at(HubClient hub) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(hub.uri(target))
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      return type.isEmpty() ? request : request.header(typeHeader(), type);
    }

    private String typeHeader() {
      return body.isEmpty() ? "Accept" : "Content-Type";
    }

    /** The head of the answer alone: that of a stream has no end. */
    RawHttp.Answer head(URI base, String... headers) {
      List<String> all = new ArrayList<>(List.of(headers));
      all.add("Content-Length: " + body.length());
      if (!type.isEmpty()) {
        all.add(typeHeader() + ": " + type);
      }
      try (RawHttp http = RawHttp.connect(base)) {
        http.request(method + " " + target + " HTTP/1.1", all.toArray(String[]::new)).send(body);
        return new RawHttp.Answer(http.readHead(), "");
      }
    }
  }

  private static final List<Route> ROUTES =
      List.of(
          new Route("GET", "/events", "text/event-stream", "", 200, 200),
          new Route("GET", "/events", "application/json", "", 200, 200),
          new Route("GET", "/events/refused", "text/event-stream", "", 200, 200),
          new Route("GET", "/events/refused", "application/json", "", 200, 200),
          new Route("GET", "/events/refused/;x", "application/json", "", 200, 200),
          new Route("HEAD", "/events/refused", "text/event-stream", "", 200, 200),
          new Route("POST", "/events/refused", "text/plain", "x", 401, 201),
          new Route("POST", "/events", "application/json", "{\"topic\":\"refused\"}", 401, 201),
          new Route("POST", "/events", "application/json", "no JSON", 401, 400),
          new Route(
              "POST", "/events", "application/x-ndjson", "{\"topic\":\"refused\"}\n", 401, 201),
          new Route("DELETE", "/events/refused", "", "", 401, 200),
          new Route("DELETE", "/events?id=refused", "", "", 401, 404),
          new Route("PUT", "/events/refused", "text/plain", "x", 405, 405),
          new Route("GET", "/subscriptions", "application/json", "", 401, 200),
          new Route("POST", "/tickets", "", "", 401, 201),
          new Route("POST", "/session", "", "", 401, 204),
          new Route("GET", "/revocations", "application/json", "", 401, 200),
          new Route("POST", "/revocations", "application/json", "{\"sub\":\"refused\"}", 401, 201));

  static Stream<String> everyWay() {
    return WrongTokens.all(Instant.now()).keySet().stream();
  }

  private static String said(HttpResponse<String> answer) {
    return answer.statusCode() + " " + answer.headers().allValues("WWW-Authenticate");
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void everyWrongTokenIsRefusedAlikeOnEveryRoute(String way) {
    String token = WrongTokens.all(Instant.now()).get(way);
    for (Route route : ROUTES) {
      HttpResponse<String> answer =
          hub().send(route.at(hub()).header("Authorization", "Bearer " + token));

      assertThat(said(answer))
          .as(route.toString())
          .isEqualTo(
              "401 [Bearer realm=\"allim\", error=\"invalid_token\", error_description=\"The token"
                  + " is not valid\"]");
      if (!route.method().equals("HEAD")) {
        assertThat(answer.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
        assertThat(answer.body())
            .isEqualTo(
                "{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"The token is not valid\"}");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void everyWrongTokenInACookieIsRefusedAlikeOnEveryRoute(String way) {
    String token = WrongTokens.all(Instant.now()).get(way);
    for (Route route : ROUTES) {
      HttpResponse<String> answer =
          hub().send(route.at(hub()).header("Cookie", "allim=" + token).header("Origin", PAGE));
      boolean comesBack =
          way.startsWith("expired")
              && route.method().equals("GET")
              && route.type().equals("text/event-stream");

      assertThat(answer.statusCode()).as(route.toString()).isEqualTo(comesBack ? 200 : 401);
      if (comesBack) {
        assertThat(answer.body()).matches("retry: \\d+\nevent: reauthenticate\ndata: \\{}\n\n");
      } else if (!route.method().equals("HEAD")) {
        assertThat(answer.body())
            .isEqualTo(
                "{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"The token is not valid\"}");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "authorization", "token", "jwt"})
  void aTokenInAUrlIsRefusedHoweverRightItIs(String parameter) {
    String right = WrongTokens.shared(Instant.now()).text();
    for (Route route : ROUTES) {
      String target =
          route.target() + (route.target().contains("?") ? "&" : "?") + parameter + "=" + right;
      Route inUrl = new Route(route.method(), target, route.type(), route.body(), 400, 400);
      HttpResponse<String> answer = hub().send(inUrl.at(hub()));

      assertThat(said(answer))
          .as(route.toString())
          .isEqualTo("400 [Bearer realm=\"allim\", error=\"invalid_request\"]");
      assertThat(answer.body()).doesNotContain(right);
    }
  }

  @Test
  void whoShowsNothingIsToldOfNoError() {
    for (Route route : ROUTES) {
      RawHttp.Answer answer = route.head(base);

      assertThat(answer.status()).as(route.toString()).isEqualTo(route.stranger());
      assertThat(answer.header("WWW-Authenticate"))
          .as(route.toString())
          .isEqualTo(route.stranger() == 401 ? "Bearer realm=\"allim\"" : "");
    }
  }

  @Test
  void whoMayNotIsToldWhatWouldBeNeeded() {
    String token =
        WrongTokens.shared(Instant.now()).granting(List.of("other/{x}"), List.of("{+x}")).bearer();
    for (Route route : List.of(ROUTES.get(6), ROUTES.get(7), ROUTES.get(9), ROUTES.get(10))) {
      assertThat(said(hub().send(route.at(hub()).header("Authorization", token))))
          .as(route.toString())
          .isEqualTo(
              "403 [Bearer realm=\"allim\", error=\"insufficient_scope\", scope=\"publish\"]");
    }
  }

  @Test
  void twoTokensAreOneTooMany() {
    try (RawHttp http = RawHttp.connect(base)) {
      String right = "Authorization: " + WrongTokens.shared(Instant.now()).bearer();
      RawHttp.Answer answer = http.request("GET /events HTTP/1.1", right, right).readAnswer();

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("WWW-Authenticate")).contains("invalid_request");
    }
  }

  @Test
  void whatIsForSomebodyElseIsNotLookedAt() {
    HttpResponse<String> answer =
        hub()
            .send(
                HttpRequest.newBuilder(hub().uri("/events/x"))
                    .header("Accept", "application/json")
                    .header("Authorization", "Basic YTpi"));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void aPageMayReadWhyItIsRefused() {
    try (RawHttp http = RawHttp.connect(base)) {
      RawHttp.Answer answer =
          http.request("GET /events HTTP/1.1", "Origin: " + PAGE, "Authorization: Bearer wrong")
              .readAnswer();

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(PAGE);
    }
    try (RawHttp http = RawHttp.connect(base)) {
      RawHttp.Answer answer =
          http.request("GET /events HTTP/1.1", "Origin: " + EVIL, "Authorization: Bearer wrong")
              .readAnswer();

      assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }
  }

  @Test
  void everythingElseIsThereForAnybody() {
    assertThat(
            hub()
                .send(
                    HttpRequest.newBuilder(hub().uri("/problems.html"))
                        .header("Authorization", "Bearer wrong"))
                .statusCode())
        .isEqualTo(200);
  }

  private static Tokens ofWhoMayDoEverything() {
    return WrongTokens.shared(Instant.now())
        .with(
            "allim",
            Map.of("publish", List.of("{+x}"), "subscribe", List.of("{+x}"), "admin", true));
  }

  @Test
  void aRightTokenIsTakenByEveryRoute() {
    String token = "Authorization: " + ofWhoMayDoEverything().bearer();
    for (Route route : ROUTES) {
      assertThat(route.head(base, token, "Origin: " + PAGE).status())
          .as(route.toString())
          .isEqualTo(route.granted());
    }
  }

  @Test
  void aRightTokenInACookieIsTakenByEveryRoute() {
    String cookie = "Cookie: allim=" + ofWhoMayDoEverything().text();
    for (Route route : ROUTES) {
      boolean wantsHeader = route.target().equals("/session");

      assertThat(route.head(base, cookie, "Origin: " + PAGE).status())
          .as(route.toString())
          .isEqualTo(wantsHeader ? 400 : route.granted());
    }
  }
}
