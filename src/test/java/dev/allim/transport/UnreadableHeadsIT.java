package dev.allim.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.RawHttp;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read as a request is answered in words, and ends the connection. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadableHeadsIT {
  private HubProgram hub;

  @BeforeAll
  void start(@TempDir Path directory) {
    hub = HubProgram.start(directory, Map.of("allim.demo.enabled", "false"));
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  private void assertRefused(String head, int status, String why) {
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      assertRefused(http.send(head), status, why);
    }
  }

  private static void assertRefused(RawHttp http, int status, String why) {
    RawHttp.Answer answer = http.readAnswer();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.head().get(0)).matches("HTTP/1\\.[01] .*");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    JsonPath problem = JsonPath.from(answer.body());
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).contains(why);
    assertThat(http.isEnded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /events", "GET", "NONSENSE nonsense nonsense nonsense", "SSH-2.0-x"})
  void aLineThatIsNone(String line) {
    assertRefused(line + "\r\nHost: h\r\n\r\n", 400, "malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/9.9", "HTTP/0.9", "FOO/1.1"})
  void aVersionThatIsNotSpokenIsNotRepeated(String version) {
    assertRefused("GET /events " + version + "\r\nHost: h\r\n\r\n", 400, "HTTP/1.1");
  }

  @Test
  void anAddressThatIsTooLong() {
    String head = "GET /events/" + "a".repeat(70_000) + " HTTP/1.1\r\nHost: h\r\n\r\n";
    assertRefused(head, 414, "65536 bytes");
  }

  @Test
  void headersThatAreTooLong() {
    String head = "GET /events HTTP/1.1\r\nHost: h\r\nX: " + "a".repeat(30_000) + "\r\n\r\n";
    assertRefused(head, 431, "20480 bytes");
  }

  @Test
  void alsoBehindARequestThatWasAnswered() {
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      http.request("HEAD /events HTTP/1.1");
      assertThat(http.readHead().get(0)).contains("200");

      assertRefused(http.send("NONSENSE\r\n\r\n"), 400, "malformed");
    }
  }
}
