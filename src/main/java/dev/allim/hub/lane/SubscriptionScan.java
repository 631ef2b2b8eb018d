package dev.allim.hub.lane;

import dev.allim.hub.fanout.SubscriptionTable;
import dev.allim.hub.spi.ActiveSubscription;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.LongConsumer;

/**
 * Looks through the subscriptions of one lane, some in each round of its loop. From the end, as one
 * that goes gives its place to the last: so nobody is missed, and one that is seen twice counts
 * once.
 */
public final class SubscriptionScan {
  /** About 0.1 ms of the loop's time. */
  private static final int A_ROUND = 1024;

  /** About 1 ms of it, where it takes long to find out who is wanted. */
  private static final long STEPS_A_ROUND = 1_000_000;

  private final Lane lane;
  private final Optional<UUID> after;
  private final int most;
  private final BiPredicate<ActiveSubscription, LongConsumer> wanted;
  private final CompletableFuture<List<ActiveSubscription>> found = new CompletableFuture<>();

  // the lane's loop
  private final TreeMap<UUID, ActiveSubscription> first = new TreeMap<>(ActiveSubscription.ORDER);
  private int next = Integer.MAX_VALUE;
  private long steps;

  /** For the {@code most} behind {@code after} that are wanted, as their ids order them. */
  public SubscriptionScan(
      Lane lane,
      Optional<UUID> after,
      int most,
      BiPredicate<ActiveSubscription, LongConsumer> wanted) {
    this.lane = lane;
    this.after = after;
    this.most = most;
    this.wanted = wanted;
  }

  /** Begins. Any thread; completes on the lane's loop. */
  public CompletableFuture<List<ActiveSubscription>> run() {
    lane.loop().execute(this::round);
    return found;
  }

  private void round() {
    try {
      lookAtSome(lane.subscriptions());
    } catch (RuntimeException | Error fault) {
      found.completeExceptionally(fault);
      return;
    }
    if (next == 0) {
      found.complete(List.copyOf(first.values()));
    } else {
      lane.loop().nextRound(this::round);
    }
  }

  private void lookAtSome(SubscriptionTable table) {
    next = Math.min(next, table.size());
    int end = Math.max(0, next - A_ROUND);
    steps = 0;
    while (next > end && steps < STEPS_A_ROUND) {
      table.get(--next).terms().shown().filter(this::isAmongTheFirst).ifPresent(this::lookAt);
    }
  }

  /** Which is found out at once, and rules out most where there are many. */
  private boolean isAmongTheFirst(ActiveSubscription one) {
    return after.filter(id -> ActiveSubscription.ORDER.compare(one.id(), id) <= 0).isEmpty()
        && (first.size() < most || ActiveSubscription.ORDER.compare(one.id(), first.lastKey()) < 0);
  }

  private void lookAt(ActiveSubscription one) {
    if (wanted.test(one, cost -> steps += cost)) {
      first.put(one.id(), one);
      if (first.size() > most) {
        first.pollLastEntry();
      }
    }
  }
}
