package dev.allim.hub.fanout;

import dev.allim.hub.ring.Block;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Frame;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes notifications round the live subscriptions of a group, as a lift does. Each gets on
 * wherever the scan stands and off when it has been once round, so every subscription gets each of
 * them once and in order; whoever is next gets all that ride in one write. What arrives on the way
 * neither waits until the others are through nor needs a round for itself. Loop only.
 */
public final class FanOutScan {
  /**
   * What rides together stays below the high-water mark of a connection, so that a slow one is
   * noticed in time.
   */
  public static final int JOINED_BYTES = 32 * 1024;

  private final LiveSlots live;
  private final ArrayDeque<PublishedFrame> waiting = new ArrayDeque<>();
  private final List<PublishedFrame> riding = new ArrayList<>();
  private final ArrayDeque<Round> rounds = new ArrayDeque<>();
  private int ridingBytes;
  private long waitingBytes;
  private long visits;
  private int next;

  FanOutScan(LiveSlots live) {
    this.live = live;
  }

  /** So many of those who ride get off when so many visits have been paid. */
  private record Round(int riders, long until) {}

  /** Writes to one subscription; {@code frame} is borrowed and holds what {@code block} says. */
  @FunctionalInterface
  interface Writer {
    void write(Subscription subscription, Frame frame, Block block);
  }

  /** Takes a notification along, and a reference to its frame. */
  void add(PublishedFrame published) {
    published.frame().retain();
    waiting.add(published);
    waitingBytes += published.frame().size();
  }

  /** Whether everybody has everything. */
  boolean isIdle() {
    return riding.isEmpty() && waiting.isEmpty();
  }

  /**
   * Whether some of it has to wait until others get off. What waits only for the next visit can get
   * on then, together with whatever comes before that.
   */
  boolean isFull() {
    return !waiting.isEmpty() && ridingBytes + waitingBytes > JOINED_BYTES;
  }

  /** Visits until it stands where it began, at least one. */
  int leftOfRound() {
    return Math.max(1, live.size() - next);
  }

  /** The place of the first notification that somebody has not got yet. */
  long firstUnwritten() {
    if (!riding.isEmpty()) {
      return riding.get(0).position();
    }
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.element().position();
  }

  /**
   * Visits at most {@code most} slots.
   *
   * @return how many
   */
  int advance(int most, ByteBufAllocator allocator, Writer to) {
    int left = most;
    while (left > 0 && !isIdle()) {
      getOn();
      int visited = (int) Math.min(left, rounds.element().until() - visits);
      visit(visited, allocator, to);
      left -= visited;
      getOff();
    }
    return most - left;
  }

  private void getOn() {
    if (riding.isEmpty()) {
      live.closeHoles();
      // whoever was visited last has waited least
      next = next < live.size() ? next : 0;
    }
    int before = riding.size();
    while (!waiting.isEmpty() && hasRoomFor(waiting.element())) {
      PublishedFrame published = waiting.remove();
      waitingBytes -= published.frame().size();
      ridingBytes += published.frame().size();
      riding.add(published);
    }
    if (riding.size() > before) {
      rounds.add(new Round(riding.size() - before, visits + live.size()));
    }
  }

  private boolean hasRoomFor(PublishedFrame published) {
    return riding.isEmpty() || ridingBytes + published.frame().size() <= JOINED_BYTES;
  }

  private void visit(int slots, ByteBufAllocator allocator, Writer to) {
    Block block = Block.of(riding, 0, Integer.MAX_VALUE);
    Frame frame = block.frame(allocator);
    for (int i = 0; i < slots; i++) {
      Subscription subscription = live.get(next);
      next = next + 1 == live.size() ? 0 : next + 1;
      if (subscription != null) {
        to.write(subscription, frame, block);
      }
    }
    visits += slots;
    frame.release();
  }

  private void getOff() {
    while (!rounds.isEmpty() && rounds.element().until() == visits) {
      List<PublishedFrame> through = riding.subList(0, rounds.remove().riders());
      for (PublishedFrame published : through) {
        ridingBytes -= published.frame().size();
        published.frame().release();
      }
      through.clear();
    }
  }
}
