package dev.allim.hub.fanout;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All subscriptions of a lane, in no order; adding and removing take constant time. Loop only. */
public final class SubscriptionTable {
  private static final int SMALLEST = 16;

  private @Nullable Subscription[] members = new @Nullable Subscription[SMALLEST];
  private int size;

  public void add(Subscription subscription) {
    if (size == members.length) {
      members = Arrays.copyOf(members, size * 2);
    }
    subscription.laneSlot = size;
    members[size++] = subscription;
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
