package dev.allim.recovery;

import dev.allim.testing.EventStreamListener;
import dev.allim.testing.SseSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a browser does: listens, and when its stream ends comes back after a pause with the last id
 * it has, until it is content.
 */
abstract class ReturningReader implements EventStreamListener {
  private static final int SMALL_STACK = 256 * 1024;

  private final ScheduledExecutorService clock;
  private volatile boolean content;

  ReturningReader(ScheduledExecutorService clock) {
    this.clock = clock;
  }

  /** Where it goes now. Asked by the thread of each of its streams, one after the other. */
  abstract URI where();

  /** The last id it has, empty before the first. */
  abstract String lastEventId();

  /** How long it waits before it comes back. */
  abstract long pauseMillis();

  /** Does not come back any more. */
  final void leave() {
    content = true;
  }

  /** Begins to listen, on a thread of its own. */
  final void connect() {
    Thread thread = new Thread(null, this::stream, "returning reader", SMALL_STACK);
    thread.setDaemon(true);
    thread.start();
  }

  private void stream() {
    String last = lastEventId();
    String[] resume = last.isEmpty() ? new String[0] : new String[] {"Last-Event-ID", last};
    try (SseSocket stream = SseSocket.open(where(), SseSocket.Way.USUAL, this, resume)) {
      while (!content && stream.readSome() >= 0) {
        // this hears it
      }
    } catch (IOException | UncheckedIOException broken) {
      // as good as an end
    }
    if (!content) {
      clock.schedule(this::connect, pauseMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
