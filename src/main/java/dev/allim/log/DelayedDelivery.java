package dev.allim.log;

import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * What an engine can that keeps notifications for later. What is due is moved into the log by the
 * engine itself, in one commit: so each is delivered once, by whichever of many machines asks
 * first, and none is lost with a machine that had claimed it.
 */
public interface DelayedDelivery {
  /**
   * Appends what is due at {@code now} or before, in the order of its times, {@code most} at most;
   * those who follow the log hear of it like of anything else.
   *
   * @return how many that were; fails with {@link LogUnavailableException} like {@link
   *     EventLog#append}
   */
  CompletionStage<Integer> deliverDue(Instant now, int most);

  /**
   * When the next is due, absent if none waits. Of a {@linkplain EventLog#isShared shared} log it
   * never blocks, and is soon right.
   */
  Optional<Instant> nextDue();

  /** Takes back one that waits. Completes with whether there was one. */
  default CompletionStage<Boolean> cancel(EventId id) {
    return cancel(id, any -> true);
  }

  /**
   * Takes back one that waits, if it is {@code allowed}; what is asked and what is taken back are
   * one and the same, whoever else takes back or appends meanwhile. Completes with whether there
   * was such a one.
   */
  CompletionStage<Boolean> cancel(EventId id, Predicate<Notification> allowed);
}
