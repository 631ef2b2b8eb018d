package dev.allim.hub.lane;

import dev.allim.hub.fanout.Subscription;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.MemoryBudget;
import dev.allim.log.Snapshot;
import java.util.function.Consumer;

/**
 * Reads the log for the subscriptions of one lane within the memory that everybody shares: what was
 * read is held until its socket has taken it, and a socket may take its time. So a read waits until
 * all that is on its way leaves room for the most that it may bring, and a stream that has held the
 * most for the longest while others wait is ended; it resumes. Loop only.
 */
final class BudgetedReads {
  private final Lane lane;
  private final StreamEnds ends;
  private final MemoryBudget budget;
  private final LogReads logReads;
  private final long mostAStep;

  BudgetedReads(
      Lane lane, StreamEnds ends, MemoryBudget budget, LogReads logReads, long mostAStep) {
    this.lane = lane;
    this.ends = ends;
    this.budget = budget;
    this.logReads = logReads;
    this.mostAStep = mostAStep;
  }

  /** Reads what comes behind where it stands; not for one that has ended meanwhile. */
  void read(Subscription subscription, boolean conflate, Consumer<LogAnswer> then) {
    whenRoom(
        subscription,
        () ->
            logReads.read(
                subscription.position(),
                subscription.group().filter(),
                conflate,
                lane.loop(),
                subscription::isGone,
                then));
  }

  /** Reads on in the state that it begins with; not for one that has ended meanwhile. */
  void readState(Subscription subscription, Snapshot state, Consumer<LogAnswer> then) {
    whenRoom(
        subscription,
        () ->
            logReads.readState(
                state,
                subscription.position(),
                subscription.group().filter(),
                lane.loop(),
                subscription::isGone,
                then));
  }

  private void whenRoom(Subscription subscription, Runnable read) {
    budget.whenRoom(
        () -> {
          MemoryBudget.Share share = budget.open(() -> onLoop(() -> makeWay(subscription)));
          share.hold(mostAStep);
          onLoop(() -> begin(subscription, share, read));
        });
  }

  private void onLoop(Runnable task) {
    if (lane.loop().isCurrent()) {
      task.run();
    } else {
      lane.loop().execute(task);
    }
  }

  private static void begin(Subscription subscription, MemoryBudget.Share share, Runnable read) {
    subscription.holds(share);
    if (!subscription.isClosed()) {
      read.run();
    }
  }

  private void makeWay(Subscription subscription) {
    if (!subscription.isClosed()) {
      ends.close(subscription, DisconnectCause.WRITE_STALLED);
    }
  }
}
