package dev.allim.recovery;

import dev.allim.testing.EventStreamListener;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One of many browsers behind a balancer: when its stream ends it comes back with the last id it
 * has, wherever it is sent. Remembers the ids alone.
 */
final class BalancedReader implements EventStreamListener {
  private static final int SMALL_STACK = 256 * 1024;
  private static final int PAUSE_MILLIS = 500;

  private final URI uri;
  private final ScheduledExecutorService clock;
  private final ConcurrentMap<String, String> known;
  // by the thread of its stream, one after the other; read by any
  private final List<String> ids = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private volatile int count;
  private volatile boolean content;

  /**
   * Listens to {@code uri}.
   *
   * @param known ids that any has seen, so that each is kept once
   */
  BalancedReader(URI uri, ScheduledExecutorService clock, ConcurrentMap<String, String> known) {
    this.uri = uri;
    this.clock = clock;
    this.known = known;
    connect();
  }

  /** How many notifications have come. */
  int count() {
    return count;
  }

  /** Their ids, in the order in which they came. */
  List<String> ids() {
    synchronized (ids) {
      return List.copyOf(ids);
    }
  }

  /** The data of all that came and is no notification. */
  List<String> others() {
    synchronized (ids) {
      return List.copyOf(others);
    }
  }

  /** Does not come back any more. */
  void leave() {
    content = true;
  }

  private void connect() {
    Thread thread = new Thread(null, this::stream, "balanced reader", SMALL_STACK);
    thread.setDaemon(true);
    thread.start();
  }

  private void stream() {
    List<String> had = ids();
    String[] resume =
        had.isEmpty() ? new String[0] : new String[] {"Last-Event-ID", had.get(had.size() - 1)};
    try (SseSocket stream = SseSocket.open(uri, SseSocket.Way.USUAL, this, resume)) {
      while (!content && stream.readSome() >= 0) {
        // this hears it
      }
    } catch (IOException | UncheckedIOException broken) {
      // as good as an end
    }
    if (!content) {
      int pause = PAUSE_MILLIS + ThreadLocalRandom.current().nextInt(PAUSE_MILLIS);
      clock.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void event(ReceivedEvent event) {
    String id = known.computeIfAbsent(event.lastEventId(), same -> same);
    synchronized (ids) {
      if (event.type().equals("message")) {
        ids.add(id);
        count = ids.size();
      } else {
        others.add(event.type() + " " + event.data());
      }
    }
  }
}
