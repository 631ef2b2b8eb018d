package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.RawHttp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
}
