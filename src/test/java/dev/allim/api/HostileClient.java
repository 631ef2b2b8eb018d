package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.hub.Admission;
import dev.allim.testing.HubClient;
import dev.allim.testing.LogWatch;
import dev.allim.testing.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Sends anything; nothing of it may produce a 5xx or a line in the log, and the hub goes on. */
abstract class HostileClient {
  private static final Pattern SERVER_FAULT = Pattern.compile("HTTP/[0-9.]+ 5\\d\\d");

  /** As long as an answer may take to begin; a stream never ends, so silence ends the wait. */
  private static final int SILENCE_MILLIS = 150;

  @TestHTTPResource("/")
  URI base;

  @Inject Admission admission;

  private LogWatch log;

  @BeforeEach
  void watch() {
    log = LogWatch.start();
  }

  @AfterEach
  void nothingIsLoggedAndTheHubGoesOn() {
    await().untilAsserted(() -> assertThat(admission.streams()).isZero());
    assertThat(new HubClient(base).post("/events/after", "x").statusCode()).isEqualTo(201);
    log.close();
    assertThat(log.lines()).isEmpty();
  }

  final void send(byte[] request) {
    try (RawHttp http = RawHttp.connect(base)) {
      http.send(request);
      String answer = http.readFirst(SILENCE_MILLIS);
      String sent = new String(request, 0, Math.min(request.length, 200), StandardCharsets.UTF_8);
      assertThat(answer).as(sent).doesNotContainPattern(SERVER_FAULT);
      assertThat(answer).as(sent).doesNotContain("\tat ", "Exception");
    }
  }

  final void send(String request) {
    send(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  final void get(String target, String... headers) {
    send("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + lines(headers) + "\r\n");
  }

  final void post(String target, String body, String... headers) {
    send(
        "POST %s HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n%s\r\n%s"
            .formatted(target, body.length(), lines(headers), body));
  }

  private static String lines(String... headers) {
    StringBuilder lines = new StringBuilder();
    for (String header : headers) {
      lines.append(header).append("\r\n");
    }
    return lines.toString();
  }
}
