package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.HubListener;
import dev.allim.hub.spi.StartAt;
import dev.allim.hub.spi.SubscribeRequest;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.ReceivedEvent;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hub between real threads: what the tests with loops held by hand cannot show. */
class HubOnThreadsTest {
  private static final int PUBLISHERS = 2;
  private static final int BATCHES = 600;
  private static final int BATCH = 5;

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private final List<ThreadLoop> loops = Stream.generate(ThreadLoop::new).limit(3).toList();
  private final FakeLog log = new FakeLog(0);
  private final Queue<RecordingWire> newcomers = new ConcurrentLinkedQueue<>();
  private final NotificationHub hub =
      new NotificationHub(
          TestSettings.DEFAULT.toHubSettings(),
          log,
          loops,
          TestHub.environment(HubListener.NONE, allocator, System::nanoTime),
          TestHub.BY_HAND);

  @AfterEach
  void stop() {
    loops.forEach(ThreadLoop::close);
  }

  @Test
  void givesOneOrderToAllLanesAndNewcomersAnEndOfIt() throws Exception {
    List<RecordingWire> first = loops.stream().map(this::join).toList();
    comeToRest();

    publishFromSeveralThreads();
    comeToRest();

    List<String> order = log.everything().stream().map(one -> one.id().value()).toList();
    assertThat(order).hasSize(PUBLISHERS * BATCHES * BATCH);
    assertThat(first).allSatisfy(wire -> assertThat(ids(wire)).isEqualTo(order));
    assertThat(newcomers)
        .hasSize(PUBLISHERS * BATCHES / 20)
        .allSatisfy(wire -> assertThat(isEndOf(order, ids(wire))).isTrue());
    hub.close();
    comeToRest();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  private RecordingWire join(ThreadLoop loop) {
    RecordingWire wire = new RecordingWire();
    loop.execute(
        () ->
            hub.subscribe(
                SubscribeRequest.of(TopicFilter.everything(), new StartAt.Now(), wire, () -> {})));
    return wire;
  }

  private void publishFromSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS; i++) {
      String name = "publisher" + i;
      done.add(threads.submit(() -> publish(name)));
    }
    for (Future<?> one : done) {
      one.get(20, TimeUnit.SECONDS);
    }
    threads.shutdown();
  }

  private void publish(String name) {
    for (int i = 0; i < BATCHES; i++) {
      List<Notification> batch = new ArrayList<>();
      for (int k = 0; k < BATCH; k++) {
        EventId id = new EventId(name + "-" + i + "-" + k);
        batch.add(Notification.of(id, new Topic(name), "x"));
      }
      hub.publish(batch);
      if (i % 20 == 0) {
        newcomers.add(join(loops.get(i / 20 % loops.size())));
      }
    }
  }

  /** A turn that leaves something in its mailbox asks for another one behind this. */
  private void comeToRest() throws Exception {
    do {
      for (ThreadLoop loop : loops) {
        loop.awaitIdle();
      }
    } while (hub.backlog() > 0);
    for (ThreadLoop loop : loops) {
      loop.awaitIdle();
    }
  }

  private static List<String> ids(RecordingWire wire) {
    return wire.events().stream().map(ReceivedEvent::lastEventId).toList();
  }

  private static boolean isEndOf(List<String> order, List<String> ids) {
    return order.subList(order.size() - ids.size(), order.size()).equals(ids);
  }
}
