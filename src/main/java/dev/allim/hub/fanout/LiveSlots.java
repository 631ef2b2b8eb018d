package dev.allim.hub.fanout;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The live subscriptions of a group, each in a slot of its own. While a {@link FanOutScan} is on
 * its way round, who leaves leaves a hole and nobody comes, so that no slot changes hands. Loop
 * only.
 */
final class LiveSlots {
  private static final int SMALLEST = 2;

  private @Nullable Subscription[] slots = new @Nullable Subscription[SMALLEST];
  private int size;
  private int count;

  /** Slots, with holes. */
  int size() {
    return size;
  }

  /** Subscriptions. */
  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Who is in this slot; null for a hole, which costs a scan less than an object would. */
  @Nullable Subscription get(int slot) {
    return slots[slot];
  }

  /** Takes the next slot; not while a scan is on its way. */
  void add(Subscription subscription) {
    if (size == slots.length) {
      makeRoom();
    }
    subscription.groupSlot = size;
    slots[size++] = subscription;
    count++;
  }

  /** Closing a few holes at a time would cost a look at all slots for each who comes. */
  private void makeRoom() {
    if (count <= size / 2) {
      closeHoles();
    } else {
      slots = Arrays.copyOf(slots, size * 2);
    }
  }

  /** Leaves a hole. */
  void remove(Subscription subscription) {
    slots[subscription.groupSlot] = null;
    subscription.groupSlot = Subscription.NOWHERE;
    count--;
  }

  /** Closes the holes; not while a scan is on its way. */
  void closeHoles() {
    if (count < size) {
      @Nullable Subscription[] before = slots;
      int slotsBefore = size;
      slots = new @Nullable Subscription[Math.max(SMALLEST, Integer.highestOneBit(count) * 2)];
      size = 0;
      count = 0;
      for (int i = 0; i < slotsBefore; i++) {
        moveOver(before[i]);
      }
    }
  }

  private void moveOver(@Nullable Subscription subscription) {
    if (subscription != null) {
      add(subscription);
    }
  }
}
