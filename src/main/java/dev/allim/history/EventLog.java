package dev.allim.history;

import dev.allim.notification.Notification;
import java.util.List;

/**
 * The log that gives notifications their order. {@link #append} is called by one thread at a time.
 *
 * <p>A position is the place of a notification in the total order: positive, growing with every
 * notification, not necessarily by one, and never shown to clients, so that an engine shared by
 * several machines can number as it likes.
 */
public interface EventLog extends AutoCloseable {
  /**
   * Appends a batch, all of it or nothing.
   *
   * @param batch at least one notification
   * @return the position of each, in the order of the batch; the batch is kept once this returns
   */
  long[] append(List<Notification> batch);

  /** The position of the newest notification, 0 while there is none. */
  long head();

  @Override
  void close();
}
