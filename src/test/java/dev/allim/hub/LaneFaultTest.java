package dev.allim.hub;

import static dev.allim.hub.HistoryHub.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A fault within a lane: nobody is cheated of a notification and not told, nobody stays deaf. */
class LaneFaultTest {
  private final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT);

  /** Whether a notification has expired is asked while it is routed. */
  private void publishWhileTheClockFails(String id) {
    hub.publish(note(id, "a").expiring(Instant.EPOCH.plus(Duration.ofDays(100_000))));
    while (hub.writer.runOne() || hub.readers.runOne()) {
      // all but the lane
    }
    hub.clock.failOnce();
    hub.run();
  }

  @Test
  void streamsThatMayHaveBeenCheatedAreSentToResume() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.deliver(note("1", "a"));

    publishWhileTheClockFails("2");

    assertThat(reader.ids()).containsExactly("1");
    assertThat(reader.wire.ended).isTrue();
    assertThat(reader.wire.retry()).isPositive();
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.ERROR);
    assertThat(hub.listener.laneFaults).isEqualTo(1);
    TestReader again = hub.join(new StartAt.After(new EventId("1")), "a");
    assertThat(again.ids()).containsExactly("2");
    assertThat(again.gaps()).isEmpty();
  }

  @Test
  void laneHearsWhatComesAfterIt() {
    publishWhileTheClockFails("1");
    TestReader reader = hub.join(new StartAt.Now(), "a");

    hub.deliver(note("2", "a"));

    assertThat(reader.ids()).containsExactly("2");
  }

  @Test
  void whoWasBehindReadsOnFromTheLog() {
    TestReader behind = hub.join(new StartAt.Now(), "a");
    behind.wire.fill();
    hub.deliver(note("1", "a"));

    publishWhileTheClockFails("2");
    hub.drain(behind);

    assertThat(behind.ids()).containsExactly("1", "2");
    assertThat(behind.gaps()).isEmpty();
  }

  @Test
  void aLaneThatDoesNotAdvanceGoesSilent() {
    hub.tick();
    hub.nanoTime.pass(Duration.ofSeconds(1));
    hub.publish(note("1", "a"));
    while (hub.writer.runOne()) {
      // the lane is offered it and never comes to it
    }
    hub.nanoTime.pass(Duration.ofSeconds(90));

    assertThat(hub.hub.status().longestSilence()).isGreaterThan(Duration.ofSeconds(60));
    hub.tick();
    assertThat(hub.hub.status().longestSilence()).isZero();
  }

  @Test
  void aFaultInReadingTheLogEndsTheStreamSoThatItComesBack() {
    hub.deliver("a", 1, 3);
    TestReader reader = hub.open(new StartAt.Earliest(), "a");
    hub.log.failsWith(new IllegalStateException("a fault"));

    hub.run();

    assertThat(reader.wire.aborted).isTrue();
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.ERROR);
  }

  @Test
  void whoMeetsAShortageOfMemoryIsServedWhenItIsOver() {
    hub.deliver("a", 1, 3);
    TestReader reader = hub.open(new StartAt.Earliest(), "a");
    hub.log.failsWith(new OutOfMemoryError("for a test"));
    hub.run();

    hub.log.recovers();
    hub.tick();

    assertThat(reader.ids()).containsExactly("1", "2", "3");
  }

  @Test
  void anErrorInOneCommitDoesNotEndPublishing() {
    hub.log.failsWith(new OutOfMemoryError("for a test"));
    assertThat(hub.publish(note("1", "a"))).isNotNull();
    hub.run();
    hub.log.recovers();
    hub.tick();
    TestReader reader = hub.join(new StartAt.Now(), "a");

    hub.deliver(note("2", "a"));

    assertThat(reader.ids()).containsExactly("2");
  }
}
