package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.allim.hub.spi.HubListener;
import dev.allim.hub.spi.PublishObserver;
import dev.allim.hub.spi.StartAt;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The loop of a lane on which nobody listens is not woken for each publication. */
class UnheardLaneTest {
  private final TestHub hub = new TestHub(2, TestSettings.DEFAULT);

  @Test
  void isLeftAtRestWhileOthersAreWoken() {
    TestReader reader = hub.joinOn(0, "a");
    hub.tick();

    hub.publish("a");

    assertThat(hub.loops.get(0).waiting()).isEqualTo(1);
    assertThat(hub.loops.get(1).waiting()).isZero();
    hub.run();
    assertThat(reader.ids()).containsExactly("1");
  }

  @Test
  void isWokenForMany() {
    hub.tick();

    hub.publishMany(1_000, "a");

    assertThat(hub.loops.get(1).waiting()).isEqualTo(1);
    hub.run();
    assertThat(hub.hub.status().mailboxDepth()).isZero();
  }

  @Test
  void hasAllThatRestedForWhoeverComes() {
    hub.tick();
    hub.publishMany(10, "a");

    TestReader now = hub.joinOn(1, "a");
    TestReader resuming = hub.joinOn(1, Optional.of("4"), new RecordingWire(), "a");
    hub.publish("a");
    hub.run();

    assertThat(now.ids()).containsExactly("11");
    assertThat(resuming.ids()).containsExactly("5", "6", "7", "8", "9", "10", "11");
    assertThat(resuming.gaps()).isEmpty();
  }

  @Test
  void restsAgainSomeTimeAfterTheLastHasGone() {
    TestReader reader = hub.joinOn(1, "a");
    hub.tick();
    hub.publish("a");
    assertThat(hub.loops.get(1).waiting()).isEqualTo(1);
    hub.run();

    reader.leave();
    hub.tick();
    hub.publish("a");

    assertThat(hub.loops.get(1).waiting()).isZero();
  }

  @Test
  void isTidiedWithEachTick() {
    hub.tick();
    hub.publishMany(10, "a");

    hub.tick();

    assertThat(hub.hub.status().ringFrames()).isEqualTo(10);
  }

  @Test
  void isNoBacklog() {
    TestHub busy = new TestHub(2, TestSettings.DEFAULT.queueing(0));
    busy.tick();

    assertThatCode(() -> busy.publishMany(10, "a")).doesNotThrowAnyException();
    assertThat(busy.hub.status().mailboxDepth()).isZero();
  }

  /** Else the time until everything is written would be that of the next tick. */
  @Test
  void keepsNobodyWaitingForWhatIsWritten() {
    AtomicInteger written = new AtomicInteger();
    List<ManualLoop> loops = List.of(new ManualLoop(), new ManualLoop());
    NotificationHub hub = hubOf(loops, written);
    new TestReader(
        hub, loops.get(0), HistoryHub.filter("a"), new StartAt.Now(), new RecordingWire());
    hub.tick();
    loops.forEach(ManualLoop::runAll);

    hub.publish(List.of(TestHub.notification(1, "x", "a")));
    assertThat(written).hasValue(0);
    loops.get(0).runAll();

    assertThat(written).hasValue(1);
  }

  private static NotificationHub hubOf(List<ManualLoop> loops, AtomicInteger written) {
    HubListener listener =
        new HubListener() {
          @Override
          public PublishObserver publishing(int notifications) {
            return new PublishObserver() {
              @Override
              public void onWritten() {
                written.incrementAndGet();
              }
            };
          }
        };
    return new NotificationHub(
        TestSettings.DEFAULT.toHubSettings(),
        new FakeLog(0),
        loops,
        TestHub.environment(listener, new UnpooledByteBufAllocator(true, true), new ManualClock()),
        TestHub.BY_HAND);
  }
}
