package dev.allim.recovery;

import dev.allim.testing.EventStreamListener;
import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a browser does: listens, and when the stream ends comes back after as long as it was told,
 * with the last id it has, until the hub is there again.
 */
final class LoyalReader implements EventStreamListener {
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
    String[] resume =
        lastEventId.isEmpty() ? new String[0] : new String[] {"Last-Event-ID", lastEventId};
    try (SseSocket stream =
        SseSocket.open(hub.uri("/events/rolling"), SseSocket.Way.USUAL, this, resume)) {
      stream.readToEnd();
    } catch (IOException | UncheckedIOException broken) {
      // as good as an end
    }
    if (!content) {
      clock.schedule(this::connect, retry, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void event(ReceivedEvent event) {
    data.add(event.data());
    lastEventId = event.lastEventId();
  }

  @Override
  public void retry(long millis) {
    retry = millis;
    greeted.countDown();
  }
}
