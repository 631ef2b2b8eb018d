package dev.allim.hub;

import dev.allim.hub.lane.Lane;
import dev.allim.hub.lane.SubscriptionScan;
import dev.allim.hub.spi.ActiveSubscription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * Who listens at this hub now. Asking costs those who are asked about nothing: each lane looks
 * through its own subscriptions, on its loop, a few at a time. Any thread.
 */
public final class ActiveSubscriptions {
  private static final Comparator<ActiveSubscription> BY_ID =
      Comparator.comparing(ActiveSubscription::id, ActiveSubscription.ORDER);

  private final List<Lane> lanes;

  ActiveSubscriptions(List<Lane> lanes) {
    this.lanes = lanes;
  }

  /** Which are asked for. */
  @FunctionalInterface
  public interface Wanted {
    /**
     * Whether this one is.
     *
     * @param costs told what it takes to find out, in steps of about a nanosecond
     */
    boolean takes(ActiveSubscription one, LongConsumer costs);
  }

  /** From now on {@code watcher} hears who comes and goes, and soon who is there. */
  public void watch(ActiveSubscription.Watcher watcher) {
    for (Lane lane : lanes) {
      lane.loop().execute(() -> lane.subscriptions().watch(watcher));
    }
  }

  /**
   * Those that are wanted, in the order of their ids. Whoever is there all the while is found;
   * whoever comes or goes meanwhile may be.
   *
   * @param after only those behind this id, absent for all
   * @param most at most so many
   * @return completes on a loop; fewer than {@code most} if there are no more
   */
  public CompletionStage<List<ActiveSubscription>> page(
      Optional<UUID> after, int most, Wanted wanted) {
    CompletableFuture<List<ActiveSubscription>> all = CompletableFuture.completedFuture(List.of());
    for (Lane lane : lanes) {
      SubscriptionScan scan = new SubscriptionScan(lane, after, most, wanted::takes);
      all = all.thenCombine(scan.run(), (some, more) -> merged(some, more, most));
    }
    return all;
  }

  private static List<ActiveSubscription> merged(
      List<ActiveSubscription> some, List<ActiveSubscription> more, int most) {
    List<ActiveSubscription> both = new ArrayList<>(some);
    both.addAll(more);
    both.sort(BY_ID);
    return List.copyOf(both.subList(0, Math.min(most, both.size())));
  }
}
