package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.hub.Admission;
import dev.allim.testing.HubClient;
import dev.allim.testing.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An HTTP/1.1 connection is its stream's alone once the stream has begun. */
@QuarkusTest
class TakenOverTest {
  private static final String OPEN = "\n\n";

  @TestHTTPResource("/")
  URI base;

  @Inject Admission admission;

  private final String topic = "/events/taken/" + UUID.randomUUID();

  private String get(String... headers) {
    return "GET " + topic + " HTTP/1.1\r\nHost: hub\r\n" + String.join("", headers) + "\r\n";
  }

  private String nextDataAt(RawHttp http, String data) {
    new HubClient(base).post(topic, data);
    return http.readThrough("data: " + data + "\n\n\r\n");
  }

  @Test
  void aRequestRightBehindIsNotAnsweredIntoTheStream() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.send(get() + "GET /q/health HTTP/1.1\r\nHost: hub\r\n\r\n").readThrough(OPEN);

      assertThat(nextDataAt(http, "first")).doesNotContain("HTTP/1.1", "status");
      assertThat(nextDataAt(http, "second")).doesNotContain("HTTP/1.1", "status");
    }
  }

  @Test
  void whatTheClientSendsLaterIsDropped() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.send(get()).readThrough(OPEN);
      http.send("DELETE " + topic + " HTTP/1.1\r\nHost: hub\r\n\r\n\0\0\0");

      assertThat(nextDataAt(http, "still here")).doesNotContain("HTTP/1.1");
    }
  }

  @Test
  void aClientThatWantsNothingMoreOnTheConnectionGetsItsStream() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.send(get("Connection: close\r\n")).readThrough(OPEN);

      nextDataAt(http, "first");
      nextDataAt(http, "second");
    }
  }

  @Test
  void aRequestWithABodyGetsItsStreamThroughTheResponse() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.send(get("Content-Length: 2\r\n") + "{}").readThrough(OPEN);

      nextDataAt(http, "first");
      nextDataAt(http, "second");
    }
  }

  @Test
  void aBodyThatIsStillArrivingDoesNotDisturbTheStream() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.send(get("Content-Length: 4\r\n") + "{}").readThrough(OPEN);

      nextDataAt(http, "first");
      http.send("{}");
      nextDataAt(http, "second");
    }
  }

  @Test
  void itsReaderIsForgottenWhenItLeaves() {
    await().untilAsserted(() -> assertThat(admission.streams()).isZero());
    try (RawHttp http = RawHttp.connect(base)) {
      http.send(get() + get()).readThrough(OPEN);
      assertThat(admission.streams()).isEqualTo(1);
    }

    await().untilAsserted(() -> assertThat(admission.streams()).isZero());
  }

  @Test
  void eventsArriveWholeThoughTheSocketTakesThemInPieces() {
    String large = "x".repeat(200_000);
    int more = 80; // than sockets' buffers hold
    HubClient hub = new HubClient(base);
    try (RawHttp reader = RawHttp.connect(base)) {
      reader.send(get()).readThrough(OPEN + "\r\n");
      for (int i = 0; i < more; i++) {
        assertThat(hub.post(topic, i + large).statusCode()).isEqualTo(201);
      }

      for (int i = 0; i < more; i++) {
        String event = reader.readThrough("\n\n");
        assertThat(event.endsWith("\ndata: " + i + large + "\n\n")).as("event %d", i).isTrue();
        assertThat(event.split("data: ", -1)).as("pieces of event %d", i).hasSize(2);
      }
    }
  }
}
