package dev.allim.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.Http2Bytes;
import dev.allim.testing.HubClient;
import dev.allim.testing.HubProgram;
import dev.allim.testing.RawHttp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream's place is given back by the end of its connection, whatever came before that end; and
 * who hangs up is no fault of the hub.
 */
class BrokenStreamsIT {
  private static final int PLACES = 40;
  private static final List<String> HEADS =
      List.of(
          "GET /events HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /events HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
          "GET /events HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n",
          "GET /events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
          "GET /events?since=earliest HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
          "GET /events HTTP/1.0\r\n\r\n",
          "GET /events HTTP/1.0\r\nContent-Length: 0\r\n\r\n");
  private static final List<String> SEQUELS =
      List.of(
          "",
          "X\r\n\r\n",
          "abc",
          "zz\r\n",
          "0\r\n\r\n",
          "GET /events HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /events HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\nX\r\n\r\n",
          "POST /events/a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
          "\u0000\u0001\u0002");

  @TempDir Path directory;
  private HubProgram hub;

  @BeforeEach
  void start() {
    hub = HubProgram.start(directory, Map.of("allim.limits.streams", String.valueOf(PLACES)));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String metrics() {
    return hub.client().metrics();
  }

  private void awaitNobodyListens() {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(metrics()).contains("allim_streams_open 0.0"));
  }

  @Test
  void noWayToEndKeepsAPlace() {
    for (String head : HEADS) {
      for (String sequel : SEQUELS) {
        RawHttp polite = RawHttp.connect(hub.uri("/")).send(bytes(head + sequel));
        polite.close();
        RawHttp late = RawHttp.connect(hub.uri("/")).send(bytes(head));
        late.readFirst(200);
        late.send(bytes(sequel));
        late.close();
        RawHttp rude = RawHttp.connect(hub.uri("/")).send(bytes(head + sequel));
        rude.reset();
      }
    }
    RawHttp multiplexed = RawHttp.connect(hub.uri("/")).send(Http2Bytes.get("/events"));
    multiplexed.send("nonsense");
    multiplexed.close();

    awaitNobodyListens();
  }

  @Test
  void whoHangsUpIsNoFaultOfTheHub() {
    new HubClient(hub.uri("/")).post("/events/a", "x".repeat(100_000));
    for (int i = 0; i < 300; i++) {
      RawHttp rude = RawHttp.connect(hub.uri("/")).send(bytes(HEADS.get(4 * (i % 2))));
      rude.reset();
    }
    awaitNobodyListens();

    assertThat(hub.output()).doesNotContain("ERROR");
  }
}
