package dev.allim.hub.publish;

import dev.allim.log.DelayedDelivery;
import dev.allim.log.EventLog;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Knows when the next deferred notification is due, so that one timer serves any number of them and
 * asks the log only when there is something to deliver. The writer keeps it up to date; any thread
 * may look.
 */
final class NextDue {
  private static final long NOTHING = Long.MAX_VALUE;

  private final Optional<DelayedDelivery> delayed;
  private final boolean shared;
  private final Clock clock;
  private volatile long nextDue;

  NextDue(EventLog log, Clock clock) {
    this.delayed = log.delayedDelivery();
    this.shared = log.isShared();
    this.clock = clock;
    refresh();
  }

  boolean isDue() {
    if (shared) {
      refresh();
    }
    return nextDue <= clock.millis();
  }

  /** Looks again after a commit that added, delivered or took back something. */
  void refresh() {
    nextDue = delayed.flatMap(DelayedDelivery::nextDue).map(Instant::toEpochMilli).orElse(NOTHING);
  }
}
