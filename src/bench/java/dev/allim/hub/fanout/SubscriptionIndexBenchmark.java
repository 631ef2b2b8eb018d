package dev.allim.hub.fanout;

import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Frame;
import dev.allim.log.LogRecord;
import dev.allim.log.MatchingBudget;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Who is concerned by an event: one reader of an exact topic among many, and beside it the readers
 * of many templates, of which one fits.
 */
@State(Scope.Benchmark)
public class SubscriptionIndexBenchmark {
  private static final int CACHED_TOPICS = 4_096;

  /** Exact topics, with one reader each. */
  @Param({"1", "10000"})
  public int topics;

  /** Templates, with one reader each. */
  @Param({"0", "1000"})
  public int templates;

  private final SubscriptionIndex index = new SubscriptionIndex(CACHED_TOPICS);
  private PublishedFrame[] published = {};
  private int turn;

  /** More than a run can use up. */
  private final MatchingBudget budget = new MatchingBudget(Long.MAX_VALUE);

  /** Fills the index. */
  @Setup
  public void fill() {
    published = new PublishedFrame[topics];
    for (int i = 0; i < topics; i++) {
      index.group(TopicFilter.in(List.of(TopicMatcher.parse("orders/" + i))), Dialect.PLAIN);
      published[i] = published(i);
    }
    for (int i = 0; i < templates; i++) {
      index.group(
          TopicFilter.in(List.of(TopicMatcher.parse("{shop}/%d".formatted(i)))), Dialect.PLAIN);
    }
  }

  private static PublishedFrame published(int number) {
    Notification notification =
        Notification.of(new EventId("id-" + number), new Topic("orders/" + number), "data");
    Frame frame = Frame.encode(UnpooledByteBufAllocator.DEFAULT, 16, out -> out.writeByte('\n'));
    return PublishedFrame.of(new LogRecord(number, Instant.EPOCH, notification), frame);
  }

  /** Always the same topic. */
  @Benchmark
  public void routeOneTopic(Blackhole hole) {
    index.route(published[0], budget, hole::consume, hole::consume);
  }

  /** One topic after the other; more of them than answers are cached for templates. */
  @Benchmark
  public void routeAllTopics(Blackhole hole) {
    turn = (turn + 1) % published.length;
    index.route(published[turn], budget, hole::consume, hole::consume);
  }
}
