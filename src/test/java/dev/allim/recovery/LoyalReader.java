package dev.allim.recovery;

import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.WhatwgEventStreamParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a browser does: listens, and when the stream ends comes back after as long as it was told,
 * with the last id it has, until the hub is there again.
 */
final class LoyalReader {
  private static final int SMALL_STACK = 256 * 1024;
  private static final long UNTIL_TOLD_OTHERWISE = 500;

  private final HubProgram hub;
  private final ScheduledExecutorService clock;
  private final CountDownLatch greeted;
  private final List<String> data = new CopyOnWriteArrayList<>();
  private volatile String lastEventId = "";
  private volatile long retry = UNTIL_TOLD_OTHERWISE;
  private volatile boolean content;

  private LoyalReader(HubProgram hub, ScheduledExecutorService clock, CountDownLatch greeted) {
    this.hub = hub;
    this.clock = clock;
    this.greeted = greeted;
  }

  /** Begins to listen; {@code greeted} is counted down when the stream is open. */
  static LoyalReader listen(
      HubProgram hub, ScheduledExecutorService clock, CountDownLatch greeted) {
    LoyalReader reader = new LoyalReader(hub, clock, greeted);
    reader.connect();
    return reader;
  }

  /** All data so far, over all connections. */
  List<String> data() {
    return data;
  }

  /** Does not come back any more. */
  void leave() {
    content = true;
  }

  private void connect() {
    Thread thread = new Thread(null, this::stream, "reader", SMALL_STACK);
    thread.setDaemon(true);
    thread.start();
  }

  private void stream() {
    try (Socket socket = new Socket("127.0.0.1", hub.port())) {
      socket.getOutputStream().write(request().getBytes(StandardCharsets.UTF_8));
      read(socket.getInputStream());
    } catch (IOException broken) {
      // as good as an end
    }
    if (!content) {
      clock.schedule(this::connect, retry, TimeUnit.MILLISECONDS);
    }
  }

  private String request() {
    String resume = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
    return "GET /events/rolling HTTP/1.1\r\nHost: hub\r\nAccept: text/event-stream\r\n%s\r\n"
        .formatted(resume);
  }

  private void read(InputStream in) throws IOException {
    Dechunker chunks = new Dechunker();
    WhatwgEventStreamParser parser = new WhatwgEventStreamParser();
    skipHead(in);
    byte[] buffer = new byte[8192];
    for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
      for (ReceivedEvent event : parser.feed(chunks.feed(buffer, 0, count))) {
        data.add(event.data());
        lastEventId = event.lastEventId();
      }
      parser.retry().ifPresent(millis -> retry = millis);
      if (!parser.comments().isEmpty()) {
        greeted.countDown();
      }
    }
  }

  private static void skipHead(InputStream in) throws IOException {
    int ends = 0;
    for (int c = in.read(); c >= 0 && ends < 4; ) {
      ends = c == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
      c = ends < 4 ? in.read() : c;
    }
  }
}
