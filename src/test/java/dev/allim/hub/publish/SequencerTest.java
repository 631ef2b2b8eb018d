package dev.allim.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.hub.FakeLog;
import dev.allim.hub.ManualLoop;
import dev.allim.hub.TestHub;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.HubListener;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.PublishResult;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Group commit, order, and all or nothing. */
class SequencerTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private final ManualLoop writer = new ManualLoop();
  private final FakeLog log = new FakeLog(0);
  private final List<String> handedOn = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private final Sequencer sequencer = sequencer(log, environment(writer), this::handOn);

  private static Sequencer sequencer(
      FakeLog log, HubEnvironment environment, Consumer<List<PublishedFrame>> next) {
    InFlight inFlight = new InFlight();
    LogFollower follower = new LogFollower(log, environment, inFlight, 0, next, gone -> {});
    log.tail(0, follower);
    return new Sequencer(log, environment, inFlight, follower, new DeliveryWatermark(0));
  }

  private void handOn(List<PublishedFrame> batch) {
    for (PublishedFrame published : batch) {
      handedOn.add(published.id().value());
      positions.add(published.position());
      published.frame().release();
    }
  }

  private HubEnvironment environment(Executor runs) {
    return TestHub.environment(HubListener.NONE, allocator, System::nanoTime, runs);
  }

  private CompletableFuture<List<EventId>> submit(Sequencer to, int... ids) {
    List<Notification> notifications = new ArrayList<>();
    for (int id : ids) {
      notifications.add(TestHub.notification(id, "x", "a"));
    }
    return to.submit(Publication.of(notifications)).thenApply(PublishResult::ids);
  }

  private CompletableFuture<List<EventId>> submit(int... ids) {
    return submit(sequencer, ids);
  }

  @Test
  void commitsWhateverHasQueuedAtOnce() {
    submit(1);
    submit(2, 3);
    submit(4);
    assertThat(writer.waiting()).isEqualTo(1);

    writer.runAll();

    assertThat(log.commits).containsExactly(List.of("1", "2", "3", "4"));
    assertThat(handedOn).containsExactly("1", "2", "3", "4");
    assertThat(positions).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void answersAfterItHasHandedOn() {
    List<Integer> handedOnThen = new ArrayList<>();
    CompletableFuture<List<EventId>> accepted = submit(1, 2);
    accepted.thenRun(() -> handedOnThen.add(handedOn.size()));
    assertThat(accepted).isNotDone();

    writer.runAll();

    assertThat(handedOnThen).containsExactly(2);
  }

  @Test
  void boundsOneCommit() {
    int id = 0;
    for (int i = 0; i < 10; i++) {
      int[] ids = new int[1000];
      for (int k = 0; k < ids.length; k++) {
        ids[k] = ++id;
      }
      submit(ids);
    }

    writer.runAll();

    assertThat(log.commits).extracting(List::size).containsExactly(5000, 5000);
    assertThat(handedOn).hasSize(10_000);
  }

  @Test
  void countsWhatIsNotInTheLogYet() {
    submit(1);
    submit(2, 3);
    assertThat(sequencer.backlog()).isEqualTo(3);

    writer.runAll();

    assertThat(sequencer.backlog()).isZero();
  }

  @Test
  void refusesAllWhenTheLogFailsAndHandsNothingOn() {
    IllegalStateException diskFull = new IllegalStateException("disk full");
    log.fail(diskFull);
    CompletableFuture<List<EventId>> first = submit(1, 2);
    CompletableFuture<List<EventId>> second = submit(3);

    writer.runAll();

    assertThat(sequencer.available()).isFalse();
    assertThatThrownBy(first::join).hasCause(diskFull);
    assertThatThrownBy(second::join).hasCause(diskFull);
    assertThat(handedOn).isEmpty();
    assertThat(sequencer.backlog()).isZero();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Test
  void goesOnOnceTheLogHasRecovered() {
    log.fail(new IllegalStateException("disk full"));
    submit(1);
    writer.runAll();
    log.recover();

    CompletableFuture<List<EventId>> accepted = submit(2);

    writer.runAll();
    assertThat(accepted).isCompletedWithValue(List.of(new EventId("2")));
    assertThat(sequencer.available()).isTrue();
    assertThat(handedOn).containsExactly("2");
  }

  @Test
  void goesOnAfterAnErrorOfTheLog() {
    log.fail(new NoClassDefFoundError("native library"));
    CompletableFuture<List<EventId>> refused = submit(1);
    writer.runAll();
    log.recover();
    submit(2);
    writer.runAll();

    assertThat(refused).isCompletedExceptionally();
    assertThat(handedOn).containsExactly("2");
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Test
  void takesWhatIsPublishedInAnswerToAPublish() {
    submit(1).thenRun(() -> submit(2));

    writer.runAll();

    assertThat(handedOn).containsExactly("1", "2");
    assertThat(log.commits).hasSize(2);
  }

  /** On the publishers' own threads, as for a log in memory. */
  @Test
  void givesOneOrderToManyPublishers() throws InterruptedException {
    int publishers = 4;
    int each = 2_000;
    AtomicInteger drains = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    Sequencer direct =
        sequencer(
            new FakeLog(0),
            environment(Runnable::run),
            batch -> {
              together.addAndGet(drains.getAndIncrement());
              handOn(batch);
              drains.decrementAndGet();
            });
    ExecutorService threads = Executors.newFixedThreadPool(publishers);
    for (int p = 0; p < publishers; p++) {
      int publisher = p;
      threads.execute(
          () -> {
            for (int i = 0; i < each; i++) {
              submit(direct, publisher + publishers * i);
            }
          });
    }
    threads.shutdown();

    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(together).hasValue(0);
    assertThat(positions).hasSize(publishers * each).isSorted().doesNotHaveDuplicates();
    Map<Integer, Integer> last = new HashMap<>();
    for (String id : handedOn) {
      int number = Integer.parseInt(id);
      assertThat(number).isGreaterThan(last.getOrDefault(number % publishers, -1));
      last.put(number % publishers, number);
    }
  }

  @Test
  void goesOnAfterAFaultBehindTheLog() {
    List<String> reached = new ArrayList<>();
    Sequencer faulty = sequencer(log, environment(writer), batch -> failOnce(reached, batch));
    CompletableFuture<List<EventId>> first = submit(faulty, 1);
    writer.runAll();
    CompletableFuture<List<EventId>> second = submit(faulty, 2);
    writer.runAll();

    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(reached).containsExactly("1", "2");
    assertThat(faulty.available()).isTrue();
  }

  private static void failOnce(List<String> reached, List<PublishedFrame> batch) {
    for (PublishedFrame published : batch) {
      reached.add(published.id().value());
      published.frame().release();
    }
    if (reached.size() == 1) {
      throw new IllegalStateException("expected by this test");
    }
  }
}
