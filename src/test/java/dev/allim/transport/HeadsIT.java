package dev.allim.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.Http2Bytes;
import dev.allim.testing.HubClient;
import dev.allim.testing.HubProgram;
import dev.allim.testing.RawHttp;
import dev.allim.testing.SseClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads of requests that do not end, and connections that never say anything, have a time. */
class HeadsIT {
  private static final String POST = "POST /events/heads HTTP/1.1\r\nHost: h\r\nContent-Length: ";
  private static final int PATIENCE_MILLIS = 10_000;

  @TempDir static Path directory;

  private static HubProgram hub;
  private static SSLContext tls;
  private static int tlsPort;

  @BeforeAll
  static void start() throws Exception {
    Path keys = TlsKeys.make(directory);
    tls = TlsKeys.trusting(keys);
    tlsPort = freePort();
    hub =
        HubProgram.start(
            directory,
            Map.of(
                "allim.limits.head-time",
                "1s",
                "allim.limits.body-rate",
                "0",
                "quarkus.http.ssl-port",
                String.valueOf(tlsPort),
                "quarkus.http.ssl.certificate.key-store-file",
                keys.toString(),
                "quarkus.http.ssl.certificate.key-store-password",
                TlsKeys.PASSWORD));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  /** As long as anybody who connects now is given, and a little longer. */
  private static void awaitThatOneIsGivenUp() {
    try (RawHttp silent = RawHttp.connect(hub.uri("/"))) {
      assertThat(silent.isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "G",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
        "GET /events HTTP/1.1",
        "GET /events HTTP/1.1\r\nHost: h\r\nX: y"
      })
  void whoNeverEndsTheFirstIsGivenUp(String begun) {
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      http.send(begun);

      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void whoEndsNoneAndGoesOnAndOnIsGivenUp() throws Exception {
    ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      http.send("GET /events HTTP/1.1\r\n");
      Future<?> sending =
          trickle.scheduleWithFixedDelay(() -> http.send("X: y\r\n"), 0, 50, TimeUnit.MILLISECONDS);

      assertThat(http.isEnded()).isTrue();
      sending.cancel(true);
    } finally {
      trickle.shutdownNow();
    }
  }

  /** Apart from the request before it, and in its segment. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLaterOneHasATimeToo(boolean apart) {
    String begun = "GET /events HTTP/1.1\r\nX: y";
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      http.send(POST + "1\r\n\r\nx");
      assertThat(http.readAnswer().status()).isEqualTo(201);
      http.send(POST + "1\r\n\r\nx" + (apart ? "" : begun));
      assertThat(http.readAnswer().status()).isEqualTo(201);
      http.send(apart ? begun : "");

      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void betweenRequestsAndInABodyThereIsNone() {
    try (RawHttp kept = RawHttp.connect(hub.uri("/"));
        RawHttp slow = RawHttp.connect(hub.uri("/"))) {
      for (int round = 0; round < 2; round++) {
        kept.send(POST + "1\r\n\r\nx");
        assertThat(kept.readAnswer().status()).isEqualTo(201);
        slow.send(POST + "2\r\n\r\nx");
        awaitThatOneIsGivenUp();
        slow.send("y");
        assertThat(slow.readAnswer().status()).isEqualTo(201);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aStreamHasNone(HttpClient.Version version) {
    try (SseClient reader = SseClient.open(version, hub.uri("/events/heads/stream"))) {
      awaitThatOneIsGivenUp();
      hub.client().publish("/events/heads/stream", "still here");

      assertThat(reader.next().data()).isEqualTo("still here");
    }
  }

  @Test
  void aStreamOverHttp2WithPriorKnowledgeHasNone() {
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      http.send(Http2Bytes.get("/events/heads/two"));
      http.readThrough("retry");
      awaitThatOneIsGivenUp();
      hub.client().publish("/events/heads/two", "still here");

      assertThat(http.readThrough("still here")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /events HTTP/1.1\r\nX: y"})
  void withinTlsTheyHaveATimeToo(String begun) throws IOException {
    try (Socket socket = secure()) {
      socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));

      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  @Test
  void withinTlsOthersAreSpared() throws IOException {
    try (Socket kept = secure()) {
      for (int round = 0; round < 2; round++) {
        kept.getOutputStream().write((POST + "1\r\n\r\nx").getBytes(StandardCharsets.US_ASCII));
        assertThat(readStatus(kept.getInputStream())).isEqualTo("HTTP/1.1 201");
        awaitThatOneIsGivenUp();
        kept.getInputStream().skipNBytes(kept.getInputStream().available());
      }
    }
  }

  private static String readStatus(InputStream in) throws IOException {
    return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
  }

  private static Socket secure() throws IOException {
    Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", tlsPort);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  @Test
  void anHonestPublisherNoticesNothing() {
    HubClient client = hub.client();
    for (int i = 0; i < 3; i++) {
      client.publish("/events/heads", "x");
      awaitThatOneIsGivenUp();
    }
  }
}
