package dev.allim.hub;

import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.HubListener;
import dev.allim.hub.spi.Jitter;
import dev.allim.hub.spi.Loop;
import dev.allim.hub.spi.MemoryBudget;
import dev.allim.hub.spi.PublishResult;
import dev.allim.hub.spi.Scheduler;
import dev.allim.hub.spi.StartAt;
import dev.allim.log.EventLog;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.sse.SseEncoder;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A whole hub with the real encoder and log, on loops, a clock, wires and memory that the test
 * holds in its hands. Notifications get the ids 1, 2, 3 …
 */
public final class TestHub {
  /** In the middle: {@link Jitter#around} changes nothing, {@link Jitter#shorten} takes 1/20. */
  /** No timers: the test moves the hub on. */
  static final Scheduler BY_HAND = (period, task) -> () -> {};

  static final Jitter HALFWAY = new Jitter(halfway());

  public final ManualClock clock = new ManualClock();
  public final RecordingListener listener = new RecordingListener();
  final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  public final List<ManualLoop> loops;
  public final FakeLog log;
  public final NotificationHub hub;
  private int published;

  public TestHub(int lanes, TestSettings settings) {
    this(lanes, settings, BY_HAND);
  }

  TestHub(int lanes, TestSettings settings, Scheduler timers) {
    log = new FakeLog(settings.logged());
    loops = IntStream.range(0, lanes).mapToObj(i -> new ManualLoop()).toList();
    hub =
        new NotificationHub(
            settings.toHubSettings(), log, loops, environment(listener, allocator, clock), timers);
  }

  /** With the real encoder; publishers' threads write, and the log is read without waiting. */
  public static HubEnvironment environment(
      HubListener listener, ByteBufAllocator allocator, LongSupplier nanoTime) {
    return environment(listener, allocator, nanoTime, Runnable::run);
  }

  public static HubEnvironment environment(
      HubListener listener, ByteBufAllocator allocator, LongSupplier nanoTime, Executor writer) {
    return new HubEnvironment(
        new SseEncoder(),
        listener,
        allocator,
        nanoTime,
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
        HALFWAY,
        writer::execute,
        Runnable::run,
        new MemoryBudget(Long.MAX_VALUE, nanoTime));
  }

  /** A hub with one lane over a log, with so many frames in its ring. */
  static NotificationHub over(EventLog log, Loop lane, int ring) {
    return new NotificationHub(
        TestSettings.DEFAULT.keeping(ring).toHubSettings(),
        log,
        List.of(lane),
        environment(
            new RecordingListener(), new UnpooledByteBufAllocator(true, true), new ManualClock()),
        BY_HAND);
  }

  public static TestHub withOneLane() {
    return new TestHub(1, TestSettings.DEFAULT);
  }

  private static RandomGenerator halfway() {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public double nextDouble() {
        return 0.5;
      }
    };
  }

  // ---- publishing

  public static Notification notification(int id, String data, String... topics) {
    return new Notification(
        new EventId(Integer.toString(id)),
        Stream.of(topics).map(Topic::new).toList(),
        Optional.empty(),
        data,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Hands one to the lanes without letting them work; its id. */
  public int publish(String... topics) {
    return publishData("x", topics);
  }

  public int publishData(String data, String... topics) {
    int id = ++published;
    hub.publish(List.of(notification(id, data, topics))).toCompletableFuture().join();
    return id;
  }

  /** Hands over {@code count} of them, one by one. */
  public void publishMany(int count, String topic) {
    for (int i = 0; i < count; i++) {
      publish(topic);
    }
  }

  /** Hands over {@code count} of them at once. */
  public CompletableFuture<List<EventId>> publishBatch(int count, String topic) {
    List<Notification> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batch.add(notification(++published, "x", topic));
    }
    return hub.publish(batch).thenApply(PublishResult::ids).toCompletableFuture();
  }

  /** Publishes one and lets every lane take it. */
  public int deliver(String... topics) {
    int id = publish(topics);
    run();
    return id;
  }

  int published() {
    return published;
  }

  // ---- listening

  public TestReader join(String... matchers) {
    return joinOn(0, Optional.empty(), new RecordingWire(), matchers);
  }

  public TestReader joinOn(int lane, String... matchers) {
    return joinOn(lane, Optional.empty(), new RecordingWire(), matchers);
  }

  /** Comes back on the first lane, and gets what is there for it. */
  TestReader resume(String lastEventId, String... matchers) {
    TestReader reader = joinOn(0, Optional.of(lastEventId), new RecordingWire(), matchers);
    loops.get(0).runAll();
    return reader;
  }

  public TestReader joinOn(
      int lane, Optional<String> lastEventId, RecordingWire wire, String... matchers) {
    TopicFilter filter = TopicFilter.in(Stream.of(matchers).map(TopicMatcher::parse).toList());
    StartAt start =
        lastEventId
            .<StartAt>map(id -> new StartAt.After(new EventId(id)))
            .orElse(new StartAt.Now());
    return new TestReader(hub, loops.get(lane), filter, start, wire);
  }

  // ---- time

  /** Every lane works until it comes to rest. */
  public void run() {
    loops.forEach(ManualLoop::runAll);
  }

  public void tick() {
    hub.tick();
    run();
  }

  /** Bytes that are not given back yet. */
  public long memory() {
    return allocator.metric().usedDirectMemory();
  }
}
