package dev.allim.hub.fanout;

import dev.allim.hub.spi.ActiveSubscription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All subscriptions of a lane, in no order; adding and removing take constant time. Loop only. */
public final class SubscriptionTable {
  private static final int SMALLEST = 16;

  private @Nullable Subscription[] members = new @Nullable Subscription[SMALLEST];
  private int size;
  private final List<ActiveSubscription.Watcher> watchers = new ArrayList<>();

  public void add(Subscription subscription) {
    if (size == members.length) {
      members = Arrays.copyOf(members, size * 2);
    }
    subscription.laneSlot = size;
    members[size++] = subscription;
    subscription.terms().shown().ifPresent(this::joined);
  }

  private void joined(ActiveSubscription one) {
    watchers.forEach(watcher -> watcher.joined(one));
  }

  /** From now on it hears who comes and goes, and at once who is there. */
  public void watch(ActiveSubscription.Watcher watcher) {
    watchers.add(watcher);
    forEach(one -> one.terms().shown().ifPresent(watcher::joined));
  }

  /** The last takes the place of the one that goes. */
  public void remove(Subscription subscription) {
    int slot = subscription.laneSlot;
    Subscription last = get(--size);
    members[slot] = last;
    last.laneSlot = slot;
    members[size] = null;
    subscription.laneSlot = Subscription.NOWHERE;
    if (members.length > SMALLEST && size < members.length / 4) {
      members = Arrays.copyOf(members, members.length / 2);
    }
    subscription.terms().shown().ifPresent(this::left);
  }

  private void left(ActiveSubscription one) {
    watchers.forEach(watcher -> watcher.left(one));
  }

  public Subscription get(int slot) {
    return Objects.requireNonNull(members[slot]);
  }

  /** Each of them, from the end, since one that goes gives its place to the last. */
  public void forEach(Consumer<Subscription> action) {
    for (int i = size - 1; i >= 0; i--) {
      action.accept(get(i));
    }
  }

  public int size() {
    return size;
  }
}
