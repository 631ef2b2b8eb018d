package dev.allim.history;

import dev.allim.notification.Notification;
import java.time.Instant;

/**
 * A notification in the log.
 *
 * @param position its place in the total order
 * @param published when it was appended
 * @param notification what was published
 */
public record Stored(long position, Instant published, Notification notification) {
  /** The same, published by {@code now} at the latest. */
  Stored publishedBy(Instant now) {
    return published.isAfter(now) ? new Stored(position, now, notification) : this;
  }
}
