package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.Tokens;
import dev.allim.testing.WrongTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page has its token put into a cookie. */
@QuarkusTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class SessionTest {
  private static final String[] PAGE = {"Origin", TokenRefusalsTest.PAGE};

  @TestHTTPResource("/")
  URI base;

  private static Tokens token() {
    return WrongTokens.shared(Instant.now()).granting(List.of("{+any}"), List.of("room"));
  }

  private HttpResponse<String> session(String method, String... headers) {
    HubClient hub = new HubClient(base);
    return hub.send(
        HttpRequest.newBuilder(hub.uri("/session"))
            .headers(headers)
            .method(method, BodyPublishers.noBody()));
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElse("");
  }

  private int publish(String cookie) {
    HubClient hub = new HubClient(base);
    return hub.send(
            HttpRequest.newBuilder(hub.uri("/events/room"))
                .headers("Cookie", cookie, PAGE[0], PAGE[1])
                .POST(BodyPublishers.ofString("x")))
        .statusCode();
  }

  @Test
  void theCookieIsNobodysButTheBrowsersAndEndsWithTheToken() {
    HttpResponse<String> answer =
        session("POST", "Authorization", token().bearer(), PAGE[0], PAGE[1]);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(cookie(answer))
        .startsWith("allim=")
        .contains("; Secure", "; HTTPOnly", "; SameSite=Strict", "; Path=/")
        .containsPattern("Max-Age=[1-9][0-9]?;");
    assertThat(publish(cookie(answer).split(";")[0])).isEqualTo(201);
  }

  @Test
  void itIsClearedWhateverIsInIt() {
    HttpResponse<String> answer = session("DELETE", "Cookie", "allim=wrong", PAGE[0], PAGE[1]);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(cookie(answer)).startsWith("allim=;").contains("Max-Age=0");
  }

  @Test
  void otherPagesAndProgramsSetAndClearNone() {
    String bearer = token().bearer();
    for (HttpResponse<String> answer :
        List.of(
            session("POST", "Authorization", bearer, "Origin", "https://evil.example"),
            session("POST", "Authorization", bearer),
            session("DELETE", "Origin", "https://evil.example"),
            session("DELETE", "Cookie", "allim=" + token().text()))) {
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(cookie(answer)).isEmpty();
    }
    assertThat(session("POST", PAGE).statusCode()).isEqualTo(401);
    assertThat(session("POST", "Authorization", "Bearer wrong", PAGE[0], PAGE[1]).statusCode())
        .isEqualTo(401);
  }

  @Test
  void oneCookieMakesNoOther() {
    HttpResponse<String> answer =
        session("POST", "Cookie", "allim=" + token().text(), PAGE[0], PAGE[1]);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(cookie(answer)).isEmpty();
  }
}
