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
 */
final class Mailbox {
  private final Queue<List<PublishedFrame>> batches = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final AtomicInteger depth = new AtomicInteger();

  /** Puts a batch in; true if the loop has to be woken for it. */
  boolean offer(List<PublishedFrame> batch) {
    depth.addAndGet(batch.size());
    batches.add(batch);
    return !awake.get() && awake.compareAndSet(false, true);
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
   * Whether nothing waits here and the next offer wakes the loop; until then the loop has to drain
   * once more. Loop only.
   */
  boolean isQuiet() {
    return !awake.get() && isEmpty();
  }

  /** Notifications that wait here. Any thread. */
  int depth() {
    return depth.get();
  }
}
