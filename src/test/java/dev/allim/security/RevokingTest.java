package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import dev.allim.testing.WrongTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An administrator takes tokens back. */
@QuarkusTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class RevokingTest {
  @TestHTTPResource("/")
  URI base;

  private final String somebody = UUID.randomUUID().toString();

  private HubClient hub() {
    return new HubClient(base);
  }

  private Tokens token() {
    return WrongTokens.shared(Instant.now())
        .granting(List.of("{+any}"), List.of(somebody))
        .of(somebody);
  }

  private static Tokens admin() {
    return WrongTokens.shared(Instant.now()).granting("admin").of("admin");
  }

  private HttpResponse<String> revoke(String document, String... headers) {
    return hub()
        .send(
            HttpRequest.newBuilder(hub().uri("/revocations"))
                .headers(headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(document)));
  }

  private HttpResponse<String> revoke(String document) {
    return revoke(document, "Authorization", admin().bearer());
  }

  private int publish(String header, String value) {
    return hub()
        .send(
            HttpRequest.newBuilder(hub().uri("/events/" + somebody))
                .header(header, value)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString("x")))
        .statusCode();
  }

  @Test
  void streamsEndAtOnceAndTheTokenIsRefusedHoweverItComes() {
    Tokens token = token();
    String target = "/events?topic=" + somebody + "&ticket=" + ticket(token);
    try (SseClient byHeader = hub().listen("/events/" + somebody, "Authorization", token.bearer());
        SseClient byTicket = hub().listen(target);
        SseClient another =
            hub().listen("/events/" + somebody, "Authorization", token().of("other").bearer())) {
      for (SseClient reader : List.of(byHeader, byTicket, another)) {
        reader.nextRetry();
      }
      assertThat(publish("Authorization", token.bearer())).isEqualTo(201);

      HttpResponse<String> answer = revoke("{\"sub\":\"%s\"}".formatted(somebody));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      assertThat(JsonPath.from(answer.body()).getString("sub")).isEqualTo(somebody);
      assertThat(Instant.parse(JsonPath.from(answer.body()).getString("forgotten")))
          .isAfter(Instant.now());
      for (SseClient reader : List.of(byHeader, byTicket)) {
        assertThat(reader.next().data()).isEqualTo("x");
        assertThat(reader.nextRetry()).as("when to come back").isPositive();
        reader.awaitEnd();
      }
      assertThat(publish("Authorization", token().of("other").bearer())).isEqualTo(201);
      assertThat(another.next(2)).hasSize(2);
    }
    assertThat(publish("Authorization", token.bearer())).isEqualTo(401);
    assertThat(publish("Cookie", "allim=" + token.text())).isEqualTo(401);
    assertThat(publish("Authorization", token().with("jti", "new").bearer())).isEqualTo(401);
    assertThat(listens(target)).isEqualTo(401);
  }

  private int listens(String target) {
    return hub()
        .send(HttpRequest.newBuilder(hub().uri(target)).header("Accept", "text/event-stream"))
        .statusCode();
  }

  private String ticket(Tokens of) {
    HttpResponse<String> answer =
        hub()
            .send(
                HttpRequest.newBuilder(hub().uri("/tickets"))
                    .header("Authorization", of.bearer())
                    .POST(BodyPublishers.noBody()));
    return JsonPath.from(answer.body()).getString("ticket");
  }

  @Test
  void oneTokenGoesAndTheOthersOfItsSubjectStay() {
    Tokens one = token().with("jti", somebody + "1");
    Tokens other = token().with("jti", somebody + "2");
    assertThat(publish("Authorization", one.bearer())).isEqualTo(201);

    assertThat(revoke("{\"jti\":\"%s1\"}".formatted(somebody)).statusCode()).isEqualTo(201);

    assertThat(publish("Authorization", one.bearer())).isEqualTo(401);
    assertThat(publish("Authorization", other.bearer())).isEqualTo(201);
  }

  @Test
  void whoIsLoggedOutMayLogInAgain() {
    Instant now = Instant.now();
    Tokens old = token().with("iat", now.minusSeconds(10).getEpochSecond());
    Tokens fresh = token().with("iat", now.plusSeconds(2).getEpochSecond());

    HttpResponse<String> answer =
        revoke("{\"sub\":\"%s\",\"before\":\"%s\",\"issuer\":\"\"}".formatted(somebody, now));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(publish("Authorization", old.bearer())).isEqualTo(401);
    assertThat(publish("Authorization", fresh.bearer())).isEqualTo(201);
  }

  @Test
  void theyAreListed() {
    revoke("{\"sub\":\"%s\"}".formatted(somebody));

    HttpResponse<String> answer =
        hub()
            .send(
                HttpRequest.newBuilder(hub().uri("/revocations"))
                    .header("Authorization", admin().bearer()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(JsonPath.from(answer.body()).getList("revocations.sub", String.class))
        .contains(somebody);
  }

  @Test
  void nobodyElseMay() {
    assertThat(revoke("{}", "X-Nothing", "x").statusCode()).isEqualTo(401);
    HttpResponse<String> answer = revoke("no JSON", "Authorization", token().bearer());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("insufficient_scope", "scope=\"admin\"");
    assertThat(
            hub()
                .send(
                    HttpRequest.newBuilder(hub().uri("/revocations"))
                        .header("Authorization", token().bearer()))
                .statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|sub",
        "{\"issuer\":\"\"}|sub",
        "{\"sub\":\"a\",\"extra\":1}|extra",
        "{\"sub\":1}|sub",
        "{\"sub\":null}|sub",
        "{\"jti\":\"a\\u0000b\"}|jti",
        "{\"before\":\"soon\"}|before",
        "{\"before\":\"2126-01-01T00:00:00Z\"}|before",
        "{\"sub\":\"a\",\"issuer\":\"nobody\"}|issuer",
        "{\"sub\":\"a\",\"sub\":\"b\"}|body",
        "{\"sub\":1e999999999999}|body",
        "[]|body",
        "no JSON|body",
      })
  void whatCannotBeMeantIsRefused(String document, String field) {
    HttpResponse<String> answer = revoke(document);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(JsonPath.from(answer.body()).getString("field")).isEqualTo(field);
  }

  @Test
  void longNamesAndOtherTypesAreRefused() {
    assertThat(revoke("{\"sub\":\"%s\"}".formatted("x".repeat(256))).statusCode()).isEqualTo(400);
    assertThat(
            hub()
                .send(
                    HttpRequest.newBuilder(hub().uri("/revocations"))
                        .header("Authorization", admin().bearer())
                        .POST(BodyPublishers.ofString("{\"sub\":\"a\"}")))
                .statusCode())
        .isEqualTo(415);
  }
}
