package dev.allim.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.Dechunker;
import dev.allim.testing.Http2Bytes;
import dev.allim.testing.HubClient;
import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.WhatwgEventStreamParser;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers that read a history of small and large events in bursts get each once and in order,
 * whatever the connection: a socket that gets room in the middle of a write must not set off
 * another.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BurstyReadersIT {
  private static final int EVENTS = 40;
  private static final int REPLAYS = 30;
  private static final int[] SIZES = {10, 256 * 1024, 1000, 100_000, 60_000};
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String PATH = "/events/bursts?since=earliest";

  @TempDir static Path directory;

  private HubProgram hub;
  private Path keys;
  private int tlsPort;

  @BeforeAll
  void publish() throws Exception {
    keys = TlsKeys.make(directory);
    try (ServerSocket free = new ServerSocket(0)) {
      tlsPort = free.getLocalPort();
    }
    hub =
        HubProgram.start(
            directory,
            Map.of(
                "allim.recent.size",
                "1M",
                "quarkus.http.ssl-port",
                String.valueOf(tlsPort),
                "quarkus.http.ssl.certificate.key-store-file",
                keys.toString(),
                "quarkus.http.ssl.certificate.key-store-password",
                TlsKeys.PASSWORD));
    for (int i = 0; i < EVENTS; i++) {
      String data = "x".repeat(SIZES[i % SIZES.length]);
      new HubClient(hub.uri("/")).post("/events/bursts?id=" + i, data);
    }
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  /** Reads the next piece of a stream's body, as much as {@code most} bytes. */
  private interface Body extends AutoCloseable {
    byte[] read(int most) throws IOException;

    @Override
    void close() throws IOException;
  }

  private interface Connector {
    Body connect() throws Exception;
  }

  @Test
  void overPlainHttp() throws Exception {
    replay(() -> new ChunkedBody(new Socket(), hub.port()));
  }

  @Test
  void overTls() throws Exception {
    replay(
        () -> new ChunkedBody(TlsKeys.trusting(keys).getSocketFactory().createSocket(), tlsPort));
  }

  @Test
  void overHttp2() throws Exception {
    replay(() -> new Http2Body(hub.port()));
  }

  private static void replay(Connector connector) throws Exception {
    Random random = new Random(42);
    for (int i = 0; i < REPLAYS; i++) {
      try (Body body = connector.connect()) {
        assertThat(ids(body, random))
            .isEqualTo(IntStream.range(0, EVENTS).mapToObj(Integer::toString).toList());
      }
    }
  }

  private static List<String> ids(Body body, Random random) throws IOException {
    WhatwgEventStreamParser parser = new WhatwgEventStreamParser();
    List<String> ids = new ArrayList<>();
    while (ids.isEmpty() || !ids.get(ids.size() - 1).equals(Integer.toString(EVENTS - 1))) {
      for (ReceivedEvent event : parser.feed(body.read(1 + random.nextInt(200_000)))) {
        ids.add(event.lastEventId());
      }
      if (random.nextInt(8) == 0) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(3000)));
      }
    }
    return ids;
  }

  private static void connect(Socket socket, int port) throws IOException {
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
  }

  /** HTTP/1.1. */
  private static final class ChunkedBody implements Body {
    private final Socket socket;
    private final Dechunker chunks = new Dechunker();
    private final StringBuilder head = new StringBuilder();

    ChunkedBody(Socket socket, int port) throws IOException {
      this.socket = socket;
      BurstyReadersIT.connect(socket, port);
      String request = "GET %s HTTP/1.1\r\nHost: hub\r\n\r\n".formatted(PATH);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) socket.getInputStream().read());
      }
    }

    @Override
    public byte[] read(int most) throws IOException {
      byte[] buffer = new byte[most];
      int count = socket.getInputStream().read(buffer);
      assertThat(count).as("the stream goes on").isPositive();
      return chunks.feed(buffer, 0, count);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** HTTP/2 with prior knowledge: a window of 65,535 bytes that opens again with each burst. */
  private static final class Http2Body implements Body {
    private static final int HEAD = 9;
    private static final int DATA = 0;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private int owed;

    Http2Body(int port) throws IOException {
      BurstyReadersIT.connect(socket, port);
      socket.getOutputStream().write(Http2Bytes.get(PATH));
      in = new DataInputStream(socket.getInputStream());
    }

    @Override
    public byte[] read(int most) throws IOException {
      if (owed >= Math.min(most, 32_000)) {
        socket.getOutputStream().write(Http2Bytes.windowUpdate(0, owed));
        socket.getOutputStream().write(Http2Bytes.windowUpdate(1, owed));
        owed = 0;
      }
      byte[] head = in.readNBytes(HEAD);
      assertThat(head).as("the connection goes on").hasSize(HEAD);
      int length = (head[0] & 255) << 16 | (head[1] & 255) << 8 | head[2] & 255;
      byte[] payload = in.readNBytes(length);
      if (head[3] != DATA) {
        return new byte[0];
      }
      owed += length;
      return payload;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
