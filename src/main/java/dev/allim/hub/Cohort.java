package dev.allim.hub;

import dev.allim.notification.Interest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions of a lane that ask for the same. They get the same bytes, so what arrives in
 * one turn of the loop is joined into one frame once and written to each of them once. Loop only.
 */
final class Cohort {
  /**
   * Joined frames stay below the high-water mark of a connection, so that a slow one is noticed in
   * time.
   */
  static final int JOINED_BYTES = 32 * 1024;

  private final Interest interest;
  private final List<Published> pending = new ArrayList<>();
  private @Nullable Subscription[] live = new @Nullable Subscription[2];
  private int liveCount;
  private int members;
  private long lastDelivery = Long.MIN_VALUE / 2;

  Cohort(Interest interest) {
    this.interest = interest;
  }

  Interest interest() {
    return interest;
  }

  /** Live or not. */
  int members() {
    return members;
  }

  void joined() {
    members++;
  }

  void left() {
    members--;
  }

  int liveCount() {
    return liveCount;
  }

  Subscription live(int slot) {
    return Objects.requireNonNull(live[slot]);
  }

  long lastDelivery() {
    return lastDelivery;
  }

  void addLive(Subscription subscription) {
    if (liveCount == live.length) {
      live = Arrays.copyOf(live, liveCount * 2);
    }
    subscription.cohortSlot = liveCount;
    live[liveCount++] = subscription;
  }

  /** The last takes the place of the one that goes. */
  void removeLive(Subscription subscription) {
    int slot = subscription.cohortSlot;
    Subscription last = live(--liveCount);
    live[slot] = last;
    last.cohortSlot = slot;
    live[liveCount] = null;
    subscription.cohortSlot = Subscription.NOWHERE;
    if (live.length > 16 && liveCount < live.length / 4) {
      live = Arrays.copyOf(live, live.length / 2);
    }
  }

  /**
   * Notes what this turn brings; true if it is the turn's first. The same notification counts once.
   * Takes a reference to its frame, for the ring may forget it within the turn.
   */
  @SuppressWarnings("ReferenceEquality") // one publish is one object, on its way through one lane
  boolean offer(Published published) {
    int size = pending.size();
    if (size > 0 && pending.get(size - 1) == published) {
      return false;
    }
    published.frame().retain();
    pending.add(published);
    return size == 0;
  }

  /** What the turn has brought, in order. */
  List<Published> pending() {
    return pending;
  }

  /** The turn is over; the references taken for it go back. */
  void delivered(long now) {
    pending.forEach(published -> published.frame().release());
    pending.clear();
    lastDelivery = now;
  }
}
