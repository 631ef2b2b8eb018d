package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.RawHttp;
import dev.allim.testing.Tokens;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hub keeps to itself: in its log what clients say, to clients what it is made of. */
class SilenceIT {
  private static final String FORGED = "2026-01-01 INFO forged";
  private static final String SECRET = "MySecretPayload";
  private static final String TOKEN =
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJNeVRva2VuIn0.TmV2ZXJMb2dnZWQ";
  private static final List<String> BREAKS = List.of("%0A", "%0D%0A", "%C2%85", "%E2%80%A8");

  /** All that a hub can be asked to say of itself. */
  private static final Map<String, String> TALKATIVE =
      Map.of("quarkus.log.category.\"dev.allim\".level", "DEBUG");

  /** So does every library, and tokens count. */
  private static final Map<String, String> TALKATIVE_WITH_A_KEY =
      Map.of(
          "quarkus.log.level", "DEBUG",
          "allim.auth.secret", Tokens.SECRET,
          "allim.auth.revocations.longest-life", "1h");

  @TempDir Path directory;

  private static String exchange(HubProgram hub, String line, String body, String... headers) {
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      StringBuilder request = new StringBuilder(line + " HTTP/1.1\r\nHost: h\r\n");
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      http.send(request + "Content-Length: " + length + "\r\n\r\n" + body);
      RawHttp.Answer answer = http.readAnswer();
      return answer.status() + "\n" + answer.head() + "\n" + answer.body();
    }
  }

  /** Of every kind that is refused, answered, or remembered. */
  private static List<String> everyKind(HubProgram hub, String lineBreak) {
    String forged = "x" + lineBreak + FORGED.replace(' ', '+');
    return List.of(
        exchange(hub, "POST /events/" + forged, SECRET),
        exchange(hub, "POST /events/t?event=" + forged, SECRET),
        exchange(hub, "POST /events/t?id=" + forged, SECRET),
        exchange(hub, "POST /events/t?key=" + forged, SECRET),
        exchange(hub, "POST /events/t?ttl=" + forged, SECRET),
        exchange(hub, "POST /events/t?" + forged + "=1", SECRET),
        exchange(hub, "POST /" + forged, SECRET),
        exchange(
            hub, "POST /events", "{\"topic\":\"t\",\"" + SECRET, "Content-Type: application/json"),
        exchange(
            hub,
            "POST /events",
            "{\"topic\":\"t\",\"id\":\"x\\n" + FORGED + "\"}",
            "Content-Type: application/json"),
        exchange(hub, "POST /events/t", SECRET, "Authorization: Bearer " + TOKEN),
        exchange(
            hub, "POST /events/t", SECRET, "X-Forwarded-For: " + TOKEN, "traceparent: " + TOKEN),
        exchange(hub, "POST /events/t", SECRET, "Idempotency-Key: " + TOKEN),
        exchange(hub, "POST /events/t", SECRET, "Content-Type: " + TOKEN, "Expect: " + TOKEN),
        exchange(hub, "DELETE /events?id=" + forged, ""),
        exchange(hub, "DELETE /events/" + forged, ""),
        exchange(hub, "PATCH /events/" + forged, ""),
        exchange(hub, "GET /events/t?since=" + forged, "", "Accept: application/json"),
        exchange(hub, "GET /events/" + forged + "?limit=1", "", "Accept: application/json"),
        exchange(hub, "GET /events?ticket=" + TOKEN, "", "Accept: application/json"),
        exchange(hub, "GET /events?access_token=" + TOKEN, "", "Accept: application/json"));
  }

  @Test
  void nothingThatClientsSayGetsIntoTheLogAndNothingItIsMadeOfGetsOut() {
    try (HubProgram hub = HubProgram.start(directory, TALKATIVE)) {
      for (String lineBreak : BREAKS) {
        assertThat(everyKind(hub, lineBreak))
            .allSatisfy(
                answer ->
                    assertThat(answer)
                        .doesNotStartWith("5")
                        .doesNotContainIgnoringCase("server:", "x-powered-by", "quarkus", "vert.x")
                        .doesNotContainIgnoringCase("resteasy", "netty", "0.1.0", "\tat "));
      }
      hub.stop();

      assertThat(hub.output().lines().toList())
          .noneMatch(line -> line.contains("INFO forged") || line.contains("INFO+forged"));
      assertThat(hub.output()).doesNotContain(SECRET, TOKEN, "NeverLogged");
    }
  }

  // ---- tokens that count

  private static Tokens right() {
    return Tokens.shared().of("somebody").granting(List.of("{+x}"), List.of("{+x}"));
  }

  /** By the reason that the log tells. */
  private static Map<String, Tokens> wrong() {
    Instant now = Instant.now();
    return Map.of(
        "expired", right().lasting(Duration.ofHours(-1), now),
        "signature", right().by("HS256", Tokens.secret("x".repeat(40))),
        "not-yet", right().with("nbf", now.plusSeconds(50).getEpochSecond()),
        "audience", right().with("aud", "another hub"),
        "too-long", right().with("iat", now.getEpochSecond()).lasting(Duration.ofMinutes(61), now));
  }

  private static List<Integer> statuses(HubProgram hub, String token) {
    String cookie = "Cookie: allim=" + token;
    String own = "Sec-Fetch-Site: same-origin";
    String bearer = "Authorization: Bearer " + token;
    String json = "Accept: application/json";
    return Stream.of(
            exchange(hub, "POST /events/t?private=true", SECRET, bearer),
            exchange(hub, "GET /events/t", "", bearer, json),
            exchange(hub, "POST /events/t", SECRET, cookie, own),
            exchange(hub, "GET /events/t", "", cookie, own, json),
            exchange(hub, "POST /events/t?access_token=" + token, SECRET),
            exchange(hub, "GET /events?token=" + token, "", json),
            exchange(hub, "GET /events/" + token, "", bearer, json),
            exchange(hub, "POST /session", "", bearer, own),
            exchange(hub, "GET /subscriptions", "", bearer, json))
        .map(answer -> Integer.valueOf(answer.substring(0, 3)))
        .toList();
  }

  /** All of a token that says something of it, and of a ticket all. */
  private static Stream<String> secrets(String shown) {
    String[] parts = shown.split("\\.");
    return Stream.of(parts).skip(parts.length > 1 ? 1 : 0);
  }

  private static String ticket(HubProgram hub) {
    String answer = exchange(hub, "POST /tickets", "", "Authorization: " + right().bearer());
    return JsonPath.from(answer.substring(answer.indexOf('{'))).getString("ticket");
  }

  @Test
  void whyTokensAreRefusedGetsIntoTheLogAndNoTokenDoes() {
    List<String> shown = new ArrayList<>();
    try (HubProgram hub = HubProgram.start(directory, TALKATIVE_WITH_A_KEY)) {
      String right = right().text();
      shown.add(right);
      assertThat(statuses(hub, right)).containsExactly(201, 200, 201, 200, 400, 400, 200, 204, 403);
      wrong()
          .forEach(
              (why, token) -> {
                shown.add(token.text());
                assertThat(statuses(hub, token.text()))
                    .as(why)
                    .containsExactly(401, 401, 401, 401, 400, 400, 401, 401, 401);
              });
      String ticket = ticket(hub);
      exchange(hub, "POST /events?ticket=" + ticket, SECRET);
      exchange(hub, "GET /events?ticket=" + ticket, "", "Accept: application/json");
      shown.add(ticket);
      hub.stop();

      assertThat(wrong().keySet())
          .allSatisfy(
              why ->
                  assertThat(hub.output().lines())
                      .anyMatch(
                          line -> line.endsWith("Tokens were refused why=" + why + " count=1")));
      assertThat(hub.output()).contains("DEBUG").doesNotContain(SECRET, Tokens.SECRET);
      assertThat(shown.stream().flatMap(SilenceIT::secrets))
          .allSatisfy(part -> assertThat(hub.output()).doesNotContain(part));
    }
  }
}
