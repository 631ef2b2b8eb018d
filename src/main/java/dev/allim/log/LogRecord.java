package dev.allim.log;

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
public record LogRecord(long position, Instant published, Notification notification) {
  /** The same, published by {@code now} at the latest. */
  public LogRecord publishedBy(Instant now) {
    return published.isAfter(now) ? new LogRecord(position, now, notification) : this;
  }

  /** What was appended at once, in the places behind {@code position}. */
  public static List<LogRecord> behind(
      long position, Instant published, List<Notification> appended) {
    List<LogRecord> records = new ArrayList<>(appended.size());
    for (Notification notification : appended) {
      records.add(new LogRecord(position + 1 + records.size(), published, notification));
    }
    return records;
  }
}
