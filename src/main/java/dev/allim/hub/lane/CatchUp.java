package dev.allim.hub.lane;

import dev.allim.hub.fanout.BlockWriter;
import dev.allim.hub.fanout.Subscription;
import dev.allim.hub.ring.RecentFrames;
import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.settings.SlowReaderPolicy;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.Gap;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.log.MatchingBudget;
import dev.allim.log.Snapshot;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Brings the subscriptions of one lane that are behind up to the present: one path for a first
 * replay, for resuming and for catching up after a full socket. Loop only.
 *
 * <p>Each step writes what the socket takes: from the ring while it reaches back that far,
 * otherwise from the log, which answers later. A subscription whose position is the lane's goes
 * live; as that is decided and done within one turn of one thread, nothing can come in between and
 * nothing is missed or doubled at that edge.
 */
final class CatchUp {
  /** What one subscription may read on before it is the next one's turn. */
  private static final int BYTES_A_TURN = 256 * 1024;

  /** The same in the time that it takes to find out what concerns them: about 2 ms. */
  private static final int MATCHING_A_TURN = 2 << 20;

  private final Lane lane;
  private final StreamEnds ends;
  private final HubSettings settings;
  private final StreamPlaces places;
  private final BudgetedReads reads;
  private final BlockWriter writer;
  private final RingReads ring;
  private final MatchingBudget matching = new MatchingBudget(MATCHING_A_TURN);
  private final ArrayDeque<Subscription> waiting = new ArrayDeque<>();

  CatchUp(
      Lane lane,
      StreamEnds ends,
      HubSettings settings,
      HubEnvironment environment,
      RecentFrames recent,
      LogReads logReads,
      StreamPlaces places) {
    this.lane = lane;
    this.ends = ends;
    this.settings = settings;
    this.places = places;
    this.reads =
        new BudgetedReads(
            lane, ends, environment.onItsWay(), logReads, LogReads.mostAStep(settings));
    this.writer = new BlockWriter(environment);
    this.ring = new RingReads(environment.clock(), environment.encoder(), recent, writer, matching);
  }

  // ---- when to step

  /** It stands where it begins. */
  void begun(Subscription subscription) {
    step(subscription);
  }

  /** It begins with what the log answered. */
  void begun(Subscription subscription, LogAnswer.Next next) {
    take(subscription, next);
    step(subscription);
  }

  /**
   * The log could not be read. If it can be again soon the subscriber keeps its stream; otherwise
   * it is ended, and comes back to another try.
   */
  void notRead(Subscription subscription, LogAnswer answer, Runnable again) {
    if (answer instanceof LogAnswer.Failed failed) {
      ends.fail(subscription, failed.fault());
    } else {
      againAtNextTick(subscription, again);
    }
  }

  private void againAtNextTick(Subscription subscription, Runnable action) {
    subscription.reading(true);
    lane.atNextTick(
        () -> {
          subscription.reading(false);
          if (!subscription.isClosed()) {
            action.run();
          }
        });
  }

  // ---- reading on

  /** It is worth another look. */
  private void step(Subscription subscription) {
    if (subscription.isLive() || subscription.isClosed()) {
      return;
    }
    if (lane.isWriting()) {
      later(subscription);
    } else {
      guarded(subscription);
    }
  }

  /**
   * The wire takes bytes again. It may say so in the middle of a write, even of one to this very
   * subscription: so this only queues, and a step never begins within another.
   */
  void writable(Subscription subscription) {
    if (!subscription.isLive() && !subscription.isClosed()) {
      later(subscription);
    }
  }

  /** At the end of a turn: those that have waited longest, {@code most} of them, once each. */
  void stepSome(int most) {
    matching.refill(MATCHING_A_TURN);
    for (int left = Math.min(most, waiting.size()); left > 0 && !matching.isSpent(); left--) {
      Subscription subscription = waiting.remove();
      subscription.unqueue();
      guarded(subscription);
    }
  }

  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** It reads on when it is its turn. */
  void later(Subscription subscription) {
    if (subscription.enqueue()) {
      waiting.add(subscription);
      lane.wakeForMore();
    }
  }

  private void guarded(Subscription subscription) {
    try {
      readOn(subscription);
    } catch (RuntimeException | Error fault) {
      ends.fail(subscription, fault);
    }
  }

  private void readOn(Subscription subscription) {
    int budget = BYTES_A_TURN;
    if (mayWrite(subscription)) {
      subscription.wrote();
    }
    while (mayWrite(subscription)) {
      if (subscription.unread().isPresent()) {
        readState(subscription, subscription.unread().get());
        return;
      }
      if (subscription.position() >= lane.position()) {
        arrive(subscription);
        return;
      }
      if (!ring.reach(subscription)) {
        readLog(subscription);
        return;
      }
      if (budget <= 0 || matching.isSpent()) {
        later(subscription);
        return;
      }
      budget -= ring.write(subscription, conflates(subscription));
    }
  }

  private static boolean mayWrite(Subscription subscription) {
    return !subscription.isClosed()
        && !subscription.isLive()
        && !subscription.isReading()
        && subscription.wire().writable();
  }

  /**
   * Its last id may be known to another lane before this one has come to it; then a later turn
   * decides.
   */
  private void arrive(Subscription subscription) {
    if (subscription.position() > lane.position()) {
      later(subscription);
      return;
    }
    writer.tellGap(subscription, Optional.empty());
    places.arrived(subscription);
    lane.goLive(subscription);
  }

  private boolean conflates(Subscription subscription) {
    return settings.slowReaders() == SlowReaderPolicy.CONFLATE && subscription.isLagging();
  }

  // ---- from the log

  private void readLog(Subscription subscription) {
    subscription.reading(true);
    reads.read(subscription, conflates(subscription), answer -> arrived(subscription, answer));
  }

  /** What is gone of a state meanwhile is no gap: what replaced it comes behind it. */
  private void readState(Subscription subscription, Snapshot state) {
    subscription.reading(true);
    reads.readState(subscription, state, answer -> arrivedOfState(subscription, answer));
  }

  private void arrivedOfState(Subscription subscription, LogAnswer answer) {
    subscription.reading(false);
    if (answer instanceof LogAnswer.Next next) {
      take(subscription, next);
      step(subscription);
    } else {
      notRead(subscription, answer, () -> step(subscription));
    }
  }

  private void arrived(Subscription subscription, LogAnswer answer) {
    subscription.reading(false);
    if (answer instanceof LogAnswer.Next next) {
      if (!subscription.isClosed()
          && subscription.gaps().misses(next.truncatedUpTo(), subscription.position())) {
        // beyond this page a gap is still to be told
        forgotten(subscription, Math.min(next.truncatedUpTo(), next.upTo()));
      }
      take(subscription, next);
      step(subscription);
    } else {
      notRead(subscription, answer, () -> step(subscription));
    }
  }

  /** Neither the ring nor the log has all that this subscriber misses. */
  private void forgotten(Subscription subscription, long upTo) {
    if (subscription.isLagging() && isEndedByGaps(subscription)) {
      ends.close(subscription, DisconnectCause.LAGGED);
    } else {
      subscription.gaps().note(new Gap(subscription.lastId(), Optional.empty()));
      subscription.gaps().knowsTruncated(upTo);
    }
  }

  /** One that cannot be told in its stream is told when it comes back. */
  private boolean isEndedByGaps(Subscription subscription) {
    return settings.slowReaders() == SlowReaderPolicy.DISCONNECT
        || !subscription.group().hearsHub();
  }

  /** Writes an answer of the log; its frames go back whatever has become of the subscription. */
  private void take(Subscription subscription, LogAnswer.Next next) {
    if (!subscription.isClosed()) {
      try {
        writer.writeAll(subscription, ring.inItsDialect(next.items(), subscription));
        subscription.stillHolds(subscription.wire().pending());
        subscription.advanceTo(next.upTo());
        subscription.unread(next.state());
      } catch (RuntimeException | Error fault) {
        ends.fail(subscription, fault);
      }
    }
    next.release();
  }
}
