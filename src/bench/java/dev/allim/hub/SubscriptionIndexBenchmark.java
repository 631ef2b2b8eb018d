package dev.allim.hub;

import dev.allim.history.Stored;
import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import dev.allim.notification.Notification;
import dev.allim.notification.Topic;
import dev.allim.notification.TopicMatcher;
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
  private Published[] published = {};
  private int turn;

  /** Fills the index. */
  @Setup
  public void fill() {
    published = new Published[topics];
    for (int i = 0; i < topics; i++) {
      index.cohort(Interest.in(List.of(TopicMatcher.parse("orders/" + i))), Dialect.PLAIN);
      published[i] = published(i);
    }
    for (int i = 0; i < templates; i++) {
      index.cohort(
          Interest.in(List.of(TopicMatcher.parse("{shop}/%d".formatted(i)))), Dialect.PLAIN);
    }
  }

  private static Published published(int number) {
    Notification notification =
        Notification.of(new EventId("id-" + number), new Topic("orders/" + number), "data");
    Frame frame = Frame.encode(UnpooledByteBufAllocator.DEFAULT, 16, out -> out.writeByte('\n'));
    return Published.of(new Stored(number, Instant.EPOCH, notification), frame);
  }

  /** Always the same topic. */
  @Benchmark
  public void routeOneTopic(Blackhole hole) {
    index.route(published[0], hole::consume);
  }

  /** One topic after the other; more of them than answers are cached for templates. */
  @Benchmark
  public void routeAllTopics(Blackhole hole) {
    turn = (turn + 1) % published.length;
    index.route(published[turn], hole::consume);
  }
}
