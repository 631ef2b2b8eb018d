package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The hub looks after itself with the timers that it is handed. */
class HubClockworkTest {
  private final List<Runnable> running = new ArrayList<>();
  private final Scheduler timers =
      (period, task) -> {
        running.add(task);
        return () -> running.remove(task);
      };
  private final TestHub hub = new TestHub(1, TestSettings.DEFAULT, timers);

  private void tickAll() {
    List.copyOf(running).forEach(Runnable::run);
    hub.run();
  }

  @Test
  void sendsHeartbeatsByItself() {
    TestReader reader = hub.join("a");
    hub.clock.pass(TestSettings.HEARTBEAT.plusSeconds(1));

    tickAll();

    assertThat(reader.wire.comments()).isEqualTo(1);
  }

  @Test
  void endsItsStreamsByItselfWhenItDrains() {
    TestReader reader = hub.join("a");
    CompletableFuture<Void> drained =
        hub.hub.drain(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO).toCompletableFuture();
    assertThat(drained).isNotDone();
    hub.clock.pass(Duration.ofSeconds(2));

    tickAll();

    assertThat(reader.wire.ended).isTrue();
    assertThat(drained).isCompleted();
  }

  @Test
  void hasNoTimersWhenItIsClosed() {
    assertThat(running).isNotEmpty();

    hub.hub.close();

    assertThat(running).isEmpty();
  }
}
