package dev.allim.history;

import dev.allim.notification.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

  /** What was appended at once, in the places behind {@code position}. */
  static List<Stored> behind(long position, Instant published, List<Notification> appended) {
    List<Stored> records = new ArrayList<>(appended.size());
    for (Notification notification : appended) {
      records.add(new Stored(position + 1 + records.size(), published, notification));
    }
    return records;
  }
}
