package dev.allim.recovery;

import dev.allim.testing.EventStreamListener;
import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A reader on a connection of its own that reads only when it is told to, and resumes by the last
 * id it has: a phone in a tunnel.
 */
final class SlowReader implements AutoCloseable, EventStreamListener {
  private static final SseSocket.Way TUNNEL = SseSocket.Way.narrow(4096);

  private final List<HubProgram> hubs;
  private final String topic;
  private final List<ReceivedEvent> received = new ArrayList<>();
  private final Set<Integer> returns = new HashSet<>();
  private String lastEventId = "";
  private boolean greeted;
  private int next;
  private SseSocket stream;

  /** Begins at that one of these, and goes to the next whenever it comes back. */
  SlowReader(List<HubProgram> hubs, int first, String topic) {
    this.hubs = hubs;
    this.next = first;
    this.topic = topic;
    this.stream = connect();
    readUntilGreeted();
  }

  String topic() {
    return topic;
  }

  /** All events so far, over all connections. */
  List<ReceivedEvent> received() {
    return received;
  }

  /** Whether it had so many events when it came back once. */
  boolean cameBackWith(int events) {
    return returns.contains(events);
  }

  private SseSocket connect() {
    String[] resume =
        lastEventId.isEmpty() ? new String[0] : new String[] {"Last-Event-ID", lastEventId};
    greeted = false;
    HubProgram hub = hubs.get(next++ % hubs.size());
    try {
      return SseSocket.open(hub.uri("/events?topic=" + topic), TUNNEL, this, resume);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void readUntilGreeted() {
    while (!greeted) {
      if (stream.readSome() < 0) {
        throw new AssertionError("The stream ended before it was greeted");
      }
    }
  }

  /** Breaks the connection, with what was not read yet, and comes back with the last id. */
  void reconnect() {
    stream.close();
    returns.add(received.size());
    stream = connect();
    readUntilGreeted();
  }

  /** Reads up to {@code bytes} of what is there without waiting. */
  void readAvailable(int bytes) {
    int count = 0;
    for (int left = bytes; count >= 0 && left > 0 && stream.isReadable(); left -= count) {
      count = stream.readSome();
    }
  }

  /**
   * Reads until an event with this data has come, reconnecting whenever the hub ends the stream.
   */
  void readUntil(String data) {
    while (received.stream().noneMatch(event -> event.data().equals(data))) {
      if (stream.readSome() < 0) {
        reconnect();
      }
    }
  }

  @Override
  public void event(ReceivedEvent event) {
    received.add(event);
    lastEventId = event.lastEventId().isEmpty() ? lastEventId : event.lastEventId();
  }

  @Override
  public void retry(long millis) {
    greeted = true;
  }

  @Override
  public void close() {
    stream.close();
  }
}
