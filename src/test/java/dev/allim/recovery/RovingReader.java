package dev.allim.recovery;

import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;

/** A browser behind a balancer: whenever it comes back, it is sent to the next node. */
final class RovingReader extends ReturningReader {
  private static final long PAUSE_MILLIS = 200;

  private final List<HubProgram> nodes;
  private final String target;
  private final List<ReceivedEvent> events = new CopyOnWriteArrayList<>();
  private volatile String lastEventId = "";
  // the thread of its stream, one after the other
  private int next;

  /** Listens to {@code target}, first at the node with that number. */
  RovingReader(List<HubProgram> nodes, int first, String target, ScheduledExecutorService clock) {
    super(clock);
    this.nodes = nodes;
    this.next = first;
    this.target = target;
    connect();
  }

  /** All events so far, over all streams. */
  List<ReceivedEvent> events() {
    return events;
  }

  @Override
  URI where() {
    return nodes.get(next++ % nodes.size()).uri(target);
  }

  @Override
  String lastEventId() {
    return lastEventId;
  }

  @Override
  long pauseMillis() {
    return PAUSE_MILLIS;
  }

  @Override
  public void event(ReceivedEvent event) {
    events.add(event);
    lastEventId = event.lastEventId();
  }
}
