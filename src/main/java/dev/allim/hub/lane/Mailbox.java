package dev.allim.hub.lane;

import dev.allim.hub.ring.PublishedFrame;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What the writer has for a lane. Any thread offers; the lane's loop drains all of it in one go,
 * however many offers there were: that is what turns a burst into one write per connection.
 *
 * <p>While nobody listens on the lane the loop is not woken for each offer: what comes rests here
 * until it is many, or until the loop drains for a reason of its own, be it that somebody comes.
 */
final class Mailbox {
  /** Notifications that may rest: to wake a loop for so many costs little more than for one. */
  static final int RESTING = 64;

  private final Queue<List<PublishedFrame>> batches = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final AtomicInteger depth = new AtomicInteger();

  /** Written by the loop, read by whoever offers, which it is only behind its offer. */
  private volatile boolean heard = true;

  /** Puts a batch in; true if the loop has to be woken for it. */
  boolean offer(List<PublishedFrame> batch) {
    int waiting = depth.addAndGet(batch.size());
    batches.add(batch);
    return (heard || waiting >= RESTING) && !awake.get() && awake.compareAndSet(false, true);
  }

  /**
   * Whether anybody listens from now on. Whoever begins to drains next: what was offered before
   * that may have woken nobody. Loop only.
   */
  void heard(boolean now) {
    heard = now;
  }

  /** See {@link #heard(boolean)}. Loop only. */
  boolean isHeard() {
    return heard;
  }

  /**
   * Hands over at most about {@code most} notifications; the next offer wakes the loop again. Loop
   * only.
   */
  void drain(int most, Consumer<PublishedFrame> to) {
    awake.set(false);
    int taken = 0;
    List<PublishedFrame> batch;
    while (taken < most && (batch = batches.poll()) != null) {
      taken += batch.size();
      depth.addAndGet(-batch.size());
      batch.forEach(to);
    }
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  /**
   * Whether nothing waits here, but for what may rest, and the loop is woken when something does;
   * until then it has to drain once more. Loop only.
   */
  boolean isQuiet() {
    return !awake.get() && (heard ? isEmpty() : depth.get() < RESTING);
  }

  /** Notifications that wait here, beside those that may rest. Any thread. */
  int depth() {
    return heard ? depth.get() : Math.max(0, depth.get() - RESTING);
  }
}
