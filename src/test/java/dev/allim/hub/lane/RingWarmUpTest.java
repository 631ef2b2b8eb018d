package dev.allim.hub.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.RecordingWire;
import dev.allim.hub.TestHub;
import dev.allim.hub.TestReader;
import dev.allim.hub.TestSettings;
import dev.allim.hub.settings.SlowReaderPolicy;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.notification.EventId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every byte that a hub takes is given back: its allocator counts them. */
class RingWarmUpTest {
  private final TestHub hub =
      new TestHub(3, TestSettings.DEFAULT.keeping(16).with(SlowReaderPolicy.SKIP));

  @AfterEach
  void everythingIsGivenBack() {
    hub.hub.close();
    hub.run();
    assertThat(hub.memory()).isZero();
  }

  @Test
  void afterNothingHappened() {
    assertThat(hub.memory()).isPositive();
  }

  @Test
  void afterFanningOut() {
    hub.joinOn(0, "a");
    hub.joinOn(1, "a", "{x}");
    hub.publishMany(100, "a");
    hub.run();
  }

  @Test
  void whileItKeepsNoMoreThanItsRings() {
    hub.publishMany(16, "a");
    hub.run();
    long afterSixteen = hub.memory();

    hub.publishMany(1616, "a");
    hub.run();

    assertThat(hub.memory()).isLessThan(afterSixteen * 11 / 10);
  }

  @Test
  void afterReadersLaggedSkippedResumedAndLeft() {
    TestReader lagging = hub.joinOn(0, "a");
    TestReader skipping = hub.joinOn(1, "a");
    TestReader leaving = hub.joinOn(2, "a");
    lagging.wire.fill();
    skipping.wire.fill();
    leaving.wire.fill();
    hub.publishMany(40, "a");
    hub.run();
    skipping.drain();
    leaving.leave();
    hub.joinOn(2, Optional.of("38"), new RecordingWire(), "a");
    hub.joinOn(2, Optional.of("unknown"), new RecordingWire(), "a");
    hub.run();
  }

  @Test
  void afterWiresFailed() {
    TestReader faulty = hub.joinOn(0, "a");
    hub.joinOn(0, "a");
    RecordingWire broken = new RecordingWire();
    broken.breakDown();
    hub.joinOn(0, Optional.empty(), broken, "a");
    faulty.wire.breakDown();
    hub.publishMany(3, "a");
    hub.run();
  }

  @Test
  void afterAHeartbeatFailed() {
    TestReader faulty = hub.joinOn(0, "a");
    faulty.wire.breakDown();
    hub.clock.pass(Duration.ofSeconds(15));
    hub.tick();
  }

  @Test
  void afterItClosedWithFullMailboxes() {
    hub.joinOn(0, "a");
    hub.publishMany(5000, "a");
  }

  @Test
  void afterTheLogRefused() {
    hub.log.fail(new IllegalStateException("disk full"));

    CompletableFuture<List<EventId>> refused = hub.publishBatch(10, "a");

    assertThat(refused).isCompletedExceptionally();
  }

  @Test
  void afterReadersWentWhileTheLogAnswered() {
    hub.publishMany(40, "a");
    hub.run();
    TestReader reader = hub.joinOn(0, Optional.of("1"), new RecordingWire(), "a");
    reader.leave();
    hub.run();
    TestReader broken = hub.joinOn(0, Optional.of("1"), new RecordingWire(), "a");
    broken.wire.breakDown();
  }

  @Test
  void afterARefusal() {
    hub.hub.refuse(new RecordingWire(), Duration.ofSeconds(1), DisconnectCause.OVER_LIMIT);
  }
}
