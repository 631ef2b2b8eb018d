package dev.allim.hub.fanout;

import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Dialect;
import dev.allim.topic.TopicFilter;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All subscriptions of a lane that ask for the same in the same dialect. They get the same bytes,
 * so what arrives for them is joined into one frame and {@linkplain FanOutScan taken round} once.
 * Loop only.
 */
public final class SubscriberGroup {
  /** About 0.2 ms of the loop's time, for which the next group waits. */
  private static final int VISITS_A_TURN = 64;

  private final TopicFilter filter;
  private final Dialect dialect;
  private final LiveSlots live = new LiveSlots();
  private final FanOutScan scan = new FanOutScan(live);
  private int members;
  private boolean queued;
  private int turn;
  private long lastNoted = Long.MIN_VALUE;
  private long lastDelivery = Long.MIN_VALUE / 2;

  SubscriberGroup(TopicFilter filter, Dialect dialect) {
    this.filter = filter;
    this.dialect = dialect;
  }

  public TopicFilter filter() {
    return filter;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** Whether the hub may tell its members anything besides what was published. */
  public boolean hearsHub() {
    return dialect.hasHubEvents();
  }

  /** Live or not. */
  int members() {
    return members;
  }

  public void joined() {
    members++;
  }

  void left() {
    members--;
  }

  /** Those that keep up. */
  int liveCount() {
    return live.count();
  }

  /** The position of the last that was to be delivered here, far below 0 for none. */
  long lastNoted() {
    return lastNoted;
  }

  /** When something was last delivered here, in the lane's nanoseconds. */
  long lastDelivery() {
    return lastDelivery;
  }

  /** One that has everything joins those that keep up; not while a scan is on its way. */
  void addLive(Subscription subscription) {
    live.add(subscription);
  }

  /** One of those that keep up does so no more. */
  public void removeLive(Subscription subscription) {
    live.remove(subscription);
  }

  /**
   * Notes what is to be delivered, in its dialect, the same only once.
   *
   * @return whether the group has to be put into the queue of those that have something to deliver
   */
  boolean offer(PublishedFrame published) {
    if (live.isEmpty() || published.position() <= lastNoted) {
      return false;
    }
    lastNoted = published.position();
    scan.add(published);
    boolean first = !queued;
    queued = true;
    return first;
  }

  /** Whether it is to be delivered already, or was. */
  boolean hasNoted(PublishedFrame published) {
    return published.position() <= lastNoted;
  }

  /** Those that keep up do so no more; not while a scan is on its way. */
  List<Subscription> takeLive() {
    List<Subscription> taken = new ArrayList<>(live.count());
    for (int i = 0; i < live.size(); i++) {
      Optional.ofNullable(live.get(i)).ifPresent(taken::add);
    }
    taken.forEach(live::remove);
    return taken;
  }

  /**
   * Visits that are left of its turn among the groups. Turns end where a round of the scan does, so
   * that none of the members is visited twice in one and not at all in the next.
   */
  int turn() {
    turn = turn > 0 ? turn : Math.min(VISITS_A_TURN, scan.leftOfRound());
    return turn;
  }

  /** Whether it is another's turn. */
  boolean isTurnOver() {
    return turn == 0 || scan.isIdle();
  }

  /** It is no longer in that queue. */
  void unqueue() {
    queued = false;
    turn = 0;
  }

  FanOutScan scan() {
    return scan;
  }

  /** Delivers to at most {@code most} places; at how many it was. */
  int deliver(int most, long now, ByteBufAllocator allocator, FanOutScan.Writer to) {
    int visited = scan.advance(most, allocator, to);
    turn = Math.max(0, turn - visited);
    lastDelivery = visited > 0 ? now : lastDelivery;
    return visited;
  }
}
