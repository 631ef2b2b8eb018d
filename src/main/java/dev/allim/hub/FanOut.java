package dev.allim.hub;

import dev.allim.notification.Interest;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what a turn brings to the live subscriptions of one lane: every cohort that is concerned
 * writes once, whatever number of notifications there were. Loop only.
 */
final class FanOut {
  private static final int CACHED_TOPICS = 8192;

  private final Lane lane;
  private final HubEnvironment environment;
  private final SubscriptionIndex index = new SubscriptionIndex(CACHED_TOPICS);
  private final List<Cohort> touched = new ArrayList<>();

  FanOut(Lane lane, HubEnvironment environment) {
    this.lane = lane;
    this.environment = environment;
  }

  /** The cohort of this interest, a new one if need be. */
  Cohort cohort(Interest interest) {
    return index.cohort(interest);
  }

  /** A member has left; a cohort without members is forgotten. */
  void left(Cohort cohort) {
    cohort.left();
    if (cohort.members() == 0) {
      index.remove(cohort);
    }
  }

  /** Notes a notification with the cohorts that it concerns. */
  void note(Published published) {
    index.route(published, cohort -> touch(cohort, published));
  }

  private void touch(Cohort cohort, Published published) {
    if (cohort.offer(published)) {
      touched.add(cohort);
    }
  }

  /** Writes what was noted; the lane stands at {@code position} then. */
  void deliver(long position) {
    long now = environment.nanoTime().getAsLong();
    for (Cohort cohort : touched) {
      deliver(cohort, position);
      cohort.delivered(now);
    }
    touched.clear();
  }

  private void deliver(Cohort cohort, long position) {
    List<Published> pending = cohort.pending();
    for (int from = 0; from < pending.size() && cohort.liveCount() > 0; ) {
      Block block = Block.of(pending, from, Cohort.JOINED_BYTES);
      boolean last = from + block.count() == pending.size();
      broadcast(cohort, block, last ? position : block.position());
      from += block.count();
    }
  }

  /** From the end, since a subscription that lags or leaves gives its place to the last one. */
  private void broadcast(Cohort cohort, Block block, long upTo) {
    Frame frame = block.frame(environment.allocator());
    int readers = cohort.liveCount();
    for (int i = readers - 1; i >= 0; i--) {
      send(cohort.live(i), frame, block, upTo);
    }
    environment.listener().delivered(readers * block.count(), (long) readers * frame.size());
    frame.release();
  }

  private void send(Subscription subscription, Frame frame, Block block, long upTo) {
    try {
      if (!subscription.wire().send(frame) && subscription.isLive()) {
        subscription.cohort().removeLive(subscription);
        subscription.lag(upTo, block.lastId().orElseThrow());
        environment.listener().lagging();
      }
    } catch (RuntimeException fault) {
      lane.fail(subscription, fault);
    }
  }
}
