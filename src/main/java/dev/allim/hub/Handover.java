package dev.allim.hub;

import dev.allim.history.EventLog;
import dev.allim.history.Page;
import dev.allim.history.Stored;
import dev.allim.notification.Interest;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Hands on what is kept, in the log's order, and leaves nothing out that the log has. An append
 * that failed may turn out to be kept all the same, when a disk fails at the wrong moment: whatever
 * such a log has more than was handed on is read from it and handed on before anything newer.
 *
 * <p>Writer only.
 */
final class Handover {
  private static final Logger LOG = Logger.getLogger(Handover.class);
  private static final int NOTIFICATIONS_A_PAGE = 128;
  private static final int BYTES_A_PAGE = 256 * 1024;

  private final EventLog log;
  private final HubEnvironment environment;
  private final Consumer<List<Published>> next;
  private long upTo;
  private boolean doubtful;

  /** Begins behind what {@code log} has now. */
  Handover(EventLog log, HubEnvironment environment, Consumer<List<Published>> next) {
    this.log = log;
    this.environment = environment;
    this.next = next;
    this.upTo = log.head();
  }

  /** An append failed: what it was to bring may be there. */
  void doubt() {
    doubtful = true;
  }

  /** The log was written again, and all that it has was handed on. */
  void settle() {
    doubtful = false;
  }

  /**
   * Hands on what was just kept, behind all that stands before it.
   *
   * @return whether that was possible; if not, it is handed on {@linkplain #catchUp later}, from
   *     the log
   */
  boolean handOn(List<Published> kept) {
    long before = kept.isEmpty() ? log.head() : kept.get(0).position() - 1;
    if (doubtful && !catchUp(before)) {
      kept.forEach(published -> published.frame().release());
      return false;
    }
    pass(kept);
    return true;
  }

  /** Hands on what the log has more than was handed on; whether it could be read. */
  boolean catchUp() {
    return catchUp(log.head());
  }

  private boolean catchUp(long to) {
    try {
      while (upTo < to) {
        Page page = log.read(upTo, Interest.everything(), NOTIFICATIONS_A_PAGE, BYTES_A_PAGE);
        pass(encode(page, to));
        upTo = Math.max(upTo, Math.min(page.upTo(), to));
      }
      return true;
    } catch (RuntimeException unreadable) {
      LOG.debug("What turned out to be kept is handed on when it can be read", unreadable);
      return false;
    }
  }

  private List<Published> encode(Page page, long to) {
    return page.items().stream()
        .filter(stored -> stored.position() <= to)
        .map(this::encode)
        .toList();
  }

  private Published encode(Stored stored) {
    return Published.at(
        stored.position(), stored.notification(), Frame.encode(environment, stored.notification()));
  }

  private void pass(List<Published> kept) {
    if (!kept.isEmpty()) {
      upTo = kept.get(kept.size() - 1).position();
      next.accept(kept);
    }
  }
}
