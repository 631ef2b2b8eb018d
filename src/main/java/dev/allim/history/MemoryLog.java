package dev.allim.history;

import dev.allim.notification.Notification;
import java.util.List;

/**
 * Counts and keeps nothing: what can be replayed is what the hub's ring of recent frames still
 * holds.
 */
public final class MemoryLog implements EventLog {
  private volatile long head;

  @Override
  public long[] append(List<Notification> batch) {
    long[] positions = new long[batch.size()];
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
  public void close() {
    // nothing is held
  }
}
