package dev.allim.hub.lane;

import dev.allim.hub.fanout.BlockWriter;
import dev.allim.hub.fanout.FanOutScan;
import dev.allim.hub.fanout.Subscription;
import dev.allim.hub.ring.Block;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.ring.RecentFrames;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.FrameEncoder;
import dev.allim.log.MatchingBudget;
import dev.allim.topic.TopicFilter;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;

/** Writes to those that are behind from the ring of recent frames. Loop only. */
final class RingReads {
  private final Clock clock;
  private final FrameEncoder encoder;
  private final RecentFrames recent;
  private final BlockWriter writer;
  private final MatchingBudget matching;

  /**
   * @param matching what finding out what concerns them may cost, refilled by the owner
   */
  RingReads(
      Clock clock,
      FrameEncoder encoder,
      RecentFrames recent,
      BlockWriter writer,
      MatchingBudget matching) {
    this.clock = clock;
    this.encoder = encoder;
    this.recent = recent;
    this.writer = writer;
    this.matching = matching;
  }

  /** Whether the ring reaches back to where this subscription stands. */
  boolean reach(Subscription subscription) {
    return recent.covers(subscription.position());
  }

  /**
   * Writes the next that concern it, as much as is written at once.
   *
   * @param conflate leave out what a later one of the same key replaces
   * @return the bytes of it, at least 1
   */
  int write(Subscription subscription, boolean conflate) {
    Block block =
        Block.after(
            subscription.position(),
            recent,
            wanted(subscription, conflate),
            published -> published.in(dialect(subscription), encoder),
            FanOutScan.JOINED_BYTES,
            matching);
    if (block.count() > 0) {
      subscription.advanceTo(block.position(), block.lastId().orElseThrow());
      writer.write(subscription, block);
    } else {
      subscription.advanceTo(block.position());
    }
    return Math.max(1, block.bytes());
  }

  private Predicate<PublishedFrame> wanted(Subscription subscription, boolean conflate) {
    TopicFilter filter = subscription.group().filter();
    long now = clock.millis();
    Predicate<PublishedFrame> useful =
        published -> filter.admits(published, matching) && !published.expiredAt(now);
    return conflate
        ? useful.and(published -> recent.successor(published).filter(useful).isEmpty())
        : useful;
  }

  /** What the log answered, in the dialect that this subscription asked for. */
  List<PublishedFrame> inItsDialect(List<PublishedFrame> items, Subscription subscription) {
    Dialect dialect = dialect(subscription);
    return items.stream().map(item -> item.in(dialect, encoder)).toList();
  }

  private static Dialect dialect(Subscription subscription) {
    return subscription.group().dialect();
  }
}
