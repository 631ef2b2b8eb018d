package dev.allim.history;

import dev.allim.notification.EventId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an engine remembers besides the log itself: notifications that wait for their time, and
 * receipts. Both are written with {@link EventLog#append} in one commit with the rest.
 */
public interface Agenda {
  /**
   * Up to {@code most} deferred notifications whose time is {@code now} or before, in the order of
   * their times.
   */
  List<Deferred> dueBy(Instant now, int most);

  /** When the next deferred notification is due, absent if none waits. */
  Optional<Instant> nextDue();

  /** Whether a deferred notification with this id waits. */
  boolean isPending(EventId id);

  /** The receipt of a publish with this key, unless it has expired. */
  Optional<Receipt> receipt(String key, Instant now);
}
