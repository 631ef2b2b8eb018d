package dev.allim.hub.publish;

import dev.allim.hub.spi.PublishObserver;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongConsumer;

/**
 * Notices when the slowest lane has written a publication. Each lane says how far it has got, once
 * a turn; whoever comes while another looks leaves it to that one to look again.
 */
public final class DeliveryWatermark {
  private final Queue<OnItsWay> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLongArray reached;
  private final AtomicInteger work = new AtomicInteger();

  public DeliveryWatermark(int lanes) {
    reached = new AtomicLongArray(lanes);
  }

  private record OnItsWay(long position, PublishObserver observer) {}

  /** Follows a publication that was handed on up to {@code position}; 0 if nothing of it was. */
  void follow(long position, PublishObserver observer) {
    if (observer != PublishObserver.NONE && position > 0) {
      queue.add(new OnItsWay(position, observer));
      look();
    }
  }

  /** By which a lane says, on its loop, up to which position it has written everything. */
  public LongConsumer lane(int number) {
    return position -> reached(number, position);
  }

  private void reached(int lane, long position) {
    reached.lazySet(lane, position);
    if (!queue.isEmpty()) {
      look();
    }
  }

  private void look() {
    if (work.getAndIncrement() == 0) {
      int seen = 1;
      do {
        tellWritten();
        seen = work.addAndGet(-seen);
      } while (seen != 0);
    }
  }

  private void tellWritten() {
    long all = slowest();
    for (OnItsWay next = queue.peek();
        next != null && next.position() <= all;
        next = queue.peek()) {
      queue.remove().observer().onWritten();
    }
  }

  private long slowest() {
    long least = Long.MAX_VALUE;
    for (int lane = 0; lane < reached.length(); lane++) {
      least = Math.min(least, reached.get(lane));
    }
    return least;
  }
}
