package dev.allim.recovery;

import dev.allim.testing.EventStreamListener;
import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A browser behind a balancer: when its stream ends, it comes back with the last id it has, and is
 * sent to the next node.
 */
final class RovingReader implements EventStreamListener {
  private static final long PAUSE_MILLIS = 200;

  private final List<HubProgram> nodes;
  private final String target;
  private final ScheduledExecutorService clock;
  private final List<ReceivedEvent> events = new CopyOnWriteArrayList<>();
  private volatile String lastEventId = "";
  private volatile boolean content;
  // the thread of its stream, one after the other
  private int next;

  /** Listens to {@code target}, first at the node with that number. */
  RovingReader(List<HubProgram> nodes, int first, String target, ScheduledExecutorService clock) {
    this.nodes = nodes;
    this.next = first;
    this.target = target;
    this.clock = clock;
    connect();
  }

  /** All events so far, over all streams. */
  List<ReceivedEvent> events() {
    return events;
  }

  /** Does not come back any more. */
  void leave() {
    content = true;
  }

  private void connect() {
    Thread thread = new Thread(this::stream, "roving reader");
    thread.setDaemon(true);
    thread.start();
  }

  private void stream() {
    HubProgram node = nodes.get(next++ % nodes.size());
    String[] resume =
        lastEventId.isEmpty() ? new String[0] : new String[] {"Last-Event-ID", lastEventId};
    try (SseSocket stream = SseSocket.open(node.uri(target), SseSocket.Way.USUAL, this, resume)) {
      stream.readToEnd();
    } catch (IOException | UncheckedIOException broken) {
      // as good as an end
    }
    if (!content) {
      clock.schedule(this::connect, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void event(ReceivedEvent event) {
    events.add(event);
    lastEventId = event.lastEventId();
  }
}
