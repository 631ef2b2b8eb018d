package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.notification.EventId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The hub as publishers see it. */
class NotificationHubTest {
  private final TestHub hub = new TestHub(2, TestSettings.DEFAULT.queueing(10));
  private final FakeLog log = hub.log;

  @Test
  void refusesMoreThanItCanHandOn() {
    hub.publishMany(11, "a");
    hub.loops.get(1).runAll();
    assertThat(hub.hub.backlog()).isEqualTo(11);

    assertThatThrownBy(() -> hub.publish("a"))
        .isInstanceOf(HubOverloadedException.class)
        .hasMessageContaining("11 notifications are waiting")
        .extracting(thrown -> ((HubOverloadedException) thrown).retryAfter())
        .isEqualTo(Duration.ofSeconds(1));

    assertThat(log.commits).hasSize(11);
  }

  @Test
  void takesMoreOnceTheSlowestLaneHasCaughtUp() {
    hub.publishMany(11, "a");
    hub.run();

    hub.publish("a");

    assertThat(hub.hub.backlog()).isEqualTo(1);
  }

  @Test
  void deliversABatchInItsOrderAndUnmixed() {
    TestReader reader = hub.joinOn(0, "a", "b");
    hub.publishBatch(3, "b");
    hub.publish("a");

    hub.run();

    assertThat(reader.ids()).containsExactly("1", "2", "3", "4");
    assertThat(log.commits.get(0)).containsExactly("1", "2", "3");
  }

  @Test
  void deliversNothingOfABatchThatTheLogRefused() {
    TestReader reader = hub.joinOn(0, "a");
    log.fail(new IllegalStateException("disk full"));

    CompletableFuture<List<EventId>> refused = hub.publishBatch(3, "a");

    log.recover();
    hub.deliver("a");
    assertThat(refused).isCompletedExceptionally();
    assertThat(reader.ids()).containsExactly("4");
    assertThat(hub.listener.published).isEqualTo(1);
  }
}
