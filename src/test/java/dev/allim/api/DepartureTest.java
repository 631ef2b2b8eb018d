package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.hub.Admission;
import dev.allim.testing.Http2Bytes;
import dev.allim.testing.HubClient;
import dev.allim.testing.LogWatch;
import dev.allim.testing.RawHttp;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader that goes away is forgotten at once, without a word in the log. */
@QuarkusTest
class DepartureTest {
  /** Long before a heartbeat or a write could find out, however busy the machine. */
  private static final Duration SOON = Duration.ofSeconds(5);

  @TestHTTPResource("/")
  URI base;

  @Inject Admission admission;

  private LogWatch log;

  @BeforeEach
  void nobodyListens() {
    await().untilAsserted(() -> assertThat(admission.streams()).isZero());
    log = LogWatch.start();
  }

  @AfterEach
  void nothingIsLogged() {
    log.close();
    assertThat(log.lines()).isEmpty();
  }

  private RawHttp listening(String version) {
    RawHttp http = RawHttp.connect(base);
    http.request("GET /events/leaving " + version);
    http.readThrough("\n\n");
    assertThat(admission.streams()).isEqualTo(1);
    return http;
  }

  private void assertForgotten() {
    await().atMost(SOON).untilAsserted(() -> assertThat(admission.streams()).isZero());
    new HubClient(base).post("/events/leaving", "to nobody");
  }

  @Test
  void aClosedTabIsForgotten() {
    listening("HTTP/1.1").close();

    assertForgotten();
  }

  @Test
  void aResetConnectionIsForgotten() {
    listening("HTTP/1.1").reset();

    assertForgotten();
  }

  @Test
  void anHttp10ReaderIsForgotten() {
    listening("HTTP/1.0").close();

    assertForgotten();
  }

  @Test
  void aReaderThatLeavesWhileItIsWrittenToIsForgotten() {
    RawHttp reader = listening("HTTP/1.1");
    HubClient hub = new HubClient(base);
    for (int i = 0; i < 20; i++) {
      hub.post("/events/leaving", "x".repeat(200_000));
    }

    reader.reset();

    assertForgotten();
  }

  @Test
  void aCancelledHttp2StreamIsForgottenWhileItsConnectionLives() {
    SseClient reader =
        SseClient.open(HttpClient.Version.HTTP_2, new HubClient(base).uri("/events/leaving"));
    reader.nextRetry();
    assertThat(admission.streams()).isEqualTo(1);

    reader.close();

    assertForgotten();
  }

  @Test
  void anHttp2ConnectionThatIsResetIsForgotten() {
    RawHttp http = RawHttp.connect(base);
    http.send(Http2Bytes.get("/events/leaving"));
    await().untilAsserted(() -> assertThat(admission.streams()).isEqualTo(1));

    http.reset();

    assertForgotten();
  }

  @Test
  void anHttp2ConnectionThatIsClosedIsForgotten() {
    RawHttp http = RawHttp.connect(base);
    http.send(Http2Bytes.get("/events/leaving"));
    await().untilAsserted(() -> assertThat(admission.streams()).isEqualTo(1));

    http.close();

    assertForgotten();
  }

  @Test
  void headAndRefusalsOpenNoStream() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("HEAD /events HTTP/1.1").readHead();
      http.request("GET /events/a%7Bb HTTP/1.1").readAnswer();

      assertThat(admission.streams()).isZero();
    }
  }
}
