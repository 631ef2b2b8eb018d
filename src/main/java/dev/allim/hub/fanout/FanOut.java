package dev.allim.hub.fanout;

import dev.allim.hub.ring.Block;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.log.MatchingBudget;
import dev.allim.topic.TopicFilter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Writes what comes in to the live subscriptions of one lane. Groups that have something to deliver
 * take turns, some writes each. Loop only.
 */
public final class FanOut {
  /**
   * Which templates fit which topics: some ten thousand short topics with a few subscribers each.
   */
  private static final int CACHED_BYTES = 4 << 20;

  private static final int GROUPS_TO_LOOK_AT = 64;

  private final BiConsumer<Subscription, Throwable> onFault;
  private final Consumer<Subscription> onBehind;
  private final HubEnvironment environment;
  private final SubscriptionIndex index = new SubscriptionIndex(CACHED_BYTES);
  private final Queue<SubscriberGroup> busy = new ArrayDeque<>();
  private final List<SubscriberGroup> undecided = new ArrayList<>();

  /** How many of the groups are full; there may be too many to ask them all each turn. */
  private int full;

  private boolean writing;
  private int events;
  private long bytes;

  /**
   * A fan-out to nobody yet.
   *
   * @param onFault ends a stream that could not be written to
   * @param onBehind takes those that have to read on by themselves
   */
  public FanOut(
      HubEnvironment environment,
      BiConsumer<Subscription, Throwable> onFault,
      Consumer<Subscription> onBehind) {
    this.onFault = onFault;
    this.onBehind = onBehind;
    this.environment = environment;
  }

  /** The group of this filter in this dialect, a new one if need be. */
  public SubscriberGroup group(TopicFilter filter, Dialect dialect) {
    return index.group(filter, dialect);
  }

  /** A member has left; a group without members is forgotten. */
  public void left(SubscriberGroup group) {
    group.left();
    if (group.members() == 0) {
      index.remove(group);
    }
  }

  /**
   * Notes a notification with the groups that it concerns. Those of whom that is too dear to find
   * out now read on by themselves, so that nobody else waits for it.
   */
  public void note(PublishedFrame published, MatchingBudget budget) {
    index.route(published, budget, group -> touch(group, published), undecided::add);
    // not before all are found: a write may end a stream, and that changes the index
    for (SubscriberGroup group : undecided) {
      leaveBehind(group, published);
    }
    undecided.clear();
  }

  /** A group that has it already need not look whether it concerns it. */
  private void leaveBehind(SubscriberGroup group, PublishedFrame published) {
    if (group.liveCount() > 0 && !group.hasNoted(published)) {
      deliver(group, Integer.MAX_VALUE);
      for (Subscription subscription : group.takeLive()) {
        subscription.fallBehind(published.position() - 1);
        onBehind.accept(subscription);
      }
    }
  }

  /**
   * The index has proposed it by its topics, whose matches it remembers; who may see it is asked
   * here, each time.
   */
  private void touch(SubscriberGroup group, PublishedFrame published) {
    if (group.liveCount() > 0
        && !group.hasNoted(published)
        && group.filter().audience().maySee(published)) {
      full -= fullness(group);
      if (group.offer(published.in(group.dialect(), environment.encoder()))) {
        busy.add(group);
      }
      full += fullness(group);
    }
  }

  private static int fullness(SubscriberGroup group) {
    return group.scan().isFull() ? 1 : 0;
  }

  /** Whether everything noted is written. */
  public boolean isIdle() {
    return busy.isEmpty();
  }

  /** Whether some of what was noted cannot be begun yet: then it is better to note no more. */
  public boolean isFull() {
    return full > 0;
  }

  /**
   * Tells up to where everything is written, {@code position} being the last that was noted. As
   * long as there are many to look at it says nothing: they are soon done, and none is added.
   */
  public void tellWritten(long position, LongConsumer written) {
    if (busy.size() <= GROUPS_TO_LOOK_AT) {
      long least = position;
      for (SubscriberGroup group : busy) {
        least = Math.min(least, group.scan().firstUnwritten() - 1);
      }
      written.accept(least);
    }
  }

  /** Whether a write is under way, and the places of subscriptions must not be touched. */
  public boolean isWriting() {
    return writing;
  }

  /** Writes to at most about {@code most} subscriptions. */
  public void advance(int most) {
    int left = most;
    while (left > 0 && !busy.isEmpty()) {
      left -= advanceFirst(left);
    }
  }

  /**
   * The first keeps its place until its turn is over, however often it is interrupted: visits that
   * come at even times carry more than those that come now soon, now late. A fault ends a turn.
   */
  private int advanceFirst(int most) {
    SubscriberGroup group = busy.element();
    boolean over = true;
    try {
      int visited = deliver(group, Math.min(most, group.turn()));
      over = group.isTurnOver();
      return visited;
    } finally {
      if (over) {
        endTurn(busy.remove());
      }
    }
  }

  private void endTurn(SubscriberGroup group) {
    if (group.scan().isIdle()) {
      group.unqueue();
    } else {
      busy.add(group);
    }
  }

  /** One that has everything noted so far is to get whatever comes. */
  public void goLive(Subscription subscription) {
    SubscriberGroup group = subscription.group();
    deliver(group, Integer.MAX_VALUE);
    subscription.goLive();
    group.addLive(subscription);
  }

  private int deliver(SubscriberGroup group, int most) {
    writing = true;
    full -= fullness(group);
    try {
      long now = environment.nanoTime().getAsLong();
      return group.deliver(most, now, environment.allocator(), this::write);
    } finally {
      full += fullness(group);
      writing = false;
      tellDelivered();
    }
  }

  private void tellDelivered() {
    environment.listener().delivered(events, bytes);
    events = 0;
    bytes = 0;
  }

  private void write(Subscription subscription, Frame frame, Block block) {
    try {
      events += block.count();
      bytes += frame.size();
      if (!subscription.wire().send(frame) && subscription.isLive()) {
        subscription.group().removeLive(subscription);
        subscription.lag(block.position(), block.lastId().orElseThrow());
        environment.listener().lagging();
      }
    } catch (RuntimeException | Error fault) {
      onFault.accept(subscription, fault);
    }
  }
}
