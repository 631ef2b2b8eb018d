package dev.allim.hub;

import dev.allim.hub.spi.FrameEncoder;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.MemoryBudget;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.hub.spi.Publication.Idempotency;
import dev.allim.hub.spi.PublishResult;
import dev.allim.hub.spi.StartAt;
import dev.allim.log.IdempotencyKey;
import dev.allim.log.append.SideRoom;
import dev.allim.log.memory.MemoryLog;
import dev.allim.notification.EventId;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.sse.SseEncoder;
import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A hub with one lane on the real log in memory. The lane, the writer and the readers of the log
 * are three threads of which each moves on only when the test says so.
 */
final class HistoryHub {
  private static final int KEPT = 100_000;

  final HandClock clock;
  final ManualClock nanoTime = new ManualClock();
  final RecordingListener listener = new RecordingListener();
  final MemoryBudget onItsWay;
  final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  final ManualLoop lane = new ManualLoop();
  final ManualLoop writer = new ManualLoop();
  final ManualLoop readers = new ManualLoop();

  final NotificationHub hub;
  private final TestSettings settings;
  private final MemoryLog kept;
  final FaultyLog log;

  HistoryHub(TestSettings settings) {
    this(settings, Long.MAX_VALUE, new HandClock(), Optional.empty());
  }

  private HistoryHub(
      TestSettings settings, long onItsWay, HandClock clock, Optional<MemoryLog> kept) {
    this.settings = settings;
    this.onItsWay = new MemoryBudget(onItsWay, nanoTime);
    this.clock = clock;
    this.kept = kept.orElseGet(() -> new MemoryLog(clock, KEPT, Long.MAX_VALUE, SideRoom.USUAL));
    log = new FaultyLog(this.kept);
    hub =
        new NotificationHub(
            settings.toHubSettings(),
            log.engine(),
            List.of(lane),
            environment(new SseEncoder()),
            TestHub.BY_HAND);
  }

  /** One where so many bytes of the history may be on their way. */
  static HistoryHub within(TestSettings settings, long onItsWay) {
    return new HistoryHub(settings, onItsWay, new HandClock(), Optional.empty());
  }

  private HubEnvironment environment(FrameEncoder encoder) {
    return new HubEnvironment(
        encoder,
        listener,
        allocator,
        nanoTime,
        clock,
        TestHub.HALFWAY,
        writer::execute,
        readers,
        onItsWay);
  }

  /** A new hub on the same log and clock. */
  HistoryHub restarted() {
    return new HistoryHub(settings, Long.MAX_VALUE, clock, Optional.of(kept));
  }

  /** Another hub on the same log, as on another machine. */
  HistoryHub beside() {
    return restarted();
  }

  // ---- the log

  long head() {
    return kept.status().head();
  }

  // ---- publishing

  static Notification note(String id, String... topics) {
    return new Notification(
        new EventId(id),
        Stream.of(topics).map(Topic::new).toList(),
        Optional.empty(),
        "data of " + id,
        java.util.OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Notification keyed(String key, String id, String... topics) {
    return note(id, topics).keyed(new Key(key));
  }

  static Entry later(Instant at, Notification notification) {
    return new Entry(notification, true, Optional.of(at), Optional.empty());
  }

  static Entry once(String key, String fingerprint, Notification notification) {
    return new Entry(
        notification,
        false,
        Optional.empty(),
        Optional.of(new Idempotency(IdempotencyKey.of(key), fingerprint)));
  }

  /** Hands it to the writer and lets nobody work. */
  CompletableFuture<List<EventId>> publish(Entry... entries) {
    return hub.publish(new Publication(List.of(entries), Optional.empty()))
        .thenApply(PublishResult::ids)
        .toCompletableFuture();
  }

  CompletableFuture<List<EventId>> publish(Notification notification) {
    return publish(Entry.of(notification));
  }

  /** Publishes one after the other and lets everybody work. */
  void deliver(Notification... notifications) {
    for (Notification notification : notifications) {
      publish(notification);
      run();
    }
  }

  void deliver(String topic, int from, int to) {
    for (int id = from; id <= to; id++) {
      deliver(note(Integer.toString(id), topic));
    }
  }

  // ---- listening

  /** Begins to listen and lets nobody work. */
  TestReader open(StartAt start, String... matchers) {
    return new TestReader(hub, lane, filter(matchers), start, new RecordingWire());
  }

  TestReader join(StartAt start, String... matchers) {
    TestReader reader = open(start, matchers);
    run();
    return reader;
  }

  /** A reader that has the state until now, whose socket takes nothing any more. */
  TestReader stuck(String... matchers) {
    TestReader reader = join(new StartAt.Now(), matchers);
    reader.wire.fill();
    return reader;
  }

  /** Its socket takes everything again, and everybody works. */
  void drain(TestReader reader) {
    lane.on(reader.wire::drain);
    run();
  }

  static TopicFilter filter(String... matchers) {
    return TopicFilter.in(Stream.of(matchers).map(TopicMatcher::parse).toList());
  }

  // ---- time

  /** Everybody works until nothing is left to do. */
  void run() {
    while (writer.runOne() || lane.runOne() || readers.runOne()) {
      // on to the next
    }
  }

  /** So much later; what is due is delivered. */
  void pass(Duration duration) {
    clock.advance(duration);
    hub.deliverDue();
    run();
  }

  void tick() {
    hub.tick();
    run();
  }
}
