package dev.allim.recovery;

import dev.allim.testing.ReceivedEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/** One of many browsers behind a balancer, which sends them where it likes. Remembers ids alone. */
final class BalancedReader extends ReturningReader {
  private static final int PAUSE_MILLIS = 500;

  private final URI uri;
  private final ConcurrentMap<String, String> known;
  // by the thread of its stream, one after the other; read by any
  private final List<String> ids = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private volatile int count;

  /**
   * Listens to {@code uri}.
   *
   * @param known ids that any has seen, so that each is kept once
   */
  BalancedReader(URI uri, ScheduledExecutorService clock, ConcurrentMap<String, String> known) {
    super(clock);
    this.uri = uri;
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

  @Override
  URI where() {
    return uri;
  }

  @Override
  String lastEventId() {
    List<String> had = ids();
    return had.isEmpty() ? "" : had.get(had.size() - 1);
  }

  /** No two come back at once. */
  @Override
  long pauseMillis() {
    return PAUSE_MILLIS + ThreadLocalRandom.current().nextInt(PAUSE_MILLIS);
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
