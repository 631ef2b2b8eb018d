package dev.allim.history;

import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import dev.allim.notification.Topic;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Counts and keeps nothing: what can be replayed is what the hub's ring of recent frames still
 * holds.
 */
public final class MemoryLog implements EventLog {
  private volatile long head;

  @Override
  public long[] append(Batch batch) {
    long[] positions = new long[batch.notifications().size()];
    long last = head;
    for (int i = 0; i < positions.length; i++) {
      positions[i] = ++last;
    }
    head = last;
    return positions;
  }

  @Override
  public long head() {
    return head;
  }

  @Override
  public OptionalLong find(EventId id) {
    return OptionalLong.empty();
  }

  @Override
  public Page read(long after, Interest interest, int most, int mostBytes) {
    return new Page(List.of(), head, true);
  }

  @Override
  public List<Stored> latest(Interest interest, long upTo) {
    return List.of();
  }

  @Override
  public long before(Instant instant) {
    return head;
  }

  @Override
  public long earliest() {
    return head;
  }

  @Override
  public long forgottenUpTo(Interest interest) {
    return head;
  }

  @Override
  public int purge(Topic topic) {
    return 0;
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
