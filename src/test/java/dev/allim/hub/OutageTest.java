package dev.allim.hub;

import static dev.allim.hub.HistoryHub.note;
import static dev.allim.hub.HistoryHub.once;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.StartAt;
import dev.allim.log.LogUnavailableException;
import dev.allim.notification.EventId;
import dev.allim.testing.LogWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A log that fails for a while. */
class OutageTest {
  private final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT.keeping(4));

  @Test
  void publishersFailWithWhatTheLogSaysAndNothingIsDelivered() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.log.fails();

    CompletableFuture<List<EventId>> refused = hub.publish(note("1", "a"));

    hub.run();
    assertThat(refused)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(LogUnavailableException.class)
        .withMessageContaining("the disk is full");
    assertThat(reader.ids()).isEmpty();
    assertThat(hub.hub.status().writable()).isFalse();
  }

  @Test
  void readersKeepTheirStreamsAndGoOnWhenItHasRecovered() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.log.fails();
    hub.deliver("a", 1, 3);
    hub.tick();
    hub.log.recovers();

    hub.deliver("a", 4, 5);

    assertThat(reader.isOver()).isFalse();
    assertThat(reader.ids()).containsExactly("4", "5");
    assertThat(reader.gaps()).isEmpty();
    assertThat(hub.hub.status().writable()).isTrue();
  }

  @Test
  void anOutageIsOneLineOfTheLogHoweverManyPublishersItRefuses() {
    try (LogWatch watch = LogWatch.start()) {
      hub.log.fails();
      hub.deliver("a", 1, 3);
      hub.tick();
      hub.deliver("a", 4, 6);

      assertThat(watch.lines())
          .singleElement()
          .asString()
          .contains("cannot be written", "the disk is full")
          .endsWith("(null)");
    }
  }

  // ---- what was refused and turns out to be kept

  @Test
  void whatTurnsOutToBeKeptIsDeliveredInItsPlace() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.log.failsButKeeps();
    CompletableFuture<List<EventId>> refused = hub.publish(note("1", "a"));
    hub.run();

    hub.deliver("a", 2, 3);

    assertThat(refused).isCompletedExceptionally();
    assertThat(reader.ids()).containsExactly("1", "2", "3");
    assertThat(hub.hub.status().writable()).isTrue();
  }

  @Test
  void whatTurnsOutToBeKeptIsDeliveredAlsoWhenNobodyPublishes() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.log.failsButKeeps();
    hub.publish(note("1", "a"));
    hub.run();

    hub.tick();

    assertThat(reader.ids()).containsExactly("1");
    hub.deliver("a", 2, 2);
    assertThat(reader.ids()).containsExactly("1", "2");
  }

  @Test
  void thePublisherOfWhatTurnsOutToBeKeptMayTryAgain() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.log.failsButKeeps();
    hub.publish(once("key", "same", note("1", "a")));
    hub.run();

    CompletableFuture<List<EventId>> again = hub.publish(once("key", "same", note("2", "a")));

    hub.run();
    assertThat(again).isCompletedWithValue(List.of(new EventId("1")));
    assertThat(reader.ids()).containsExactly("1");
  }

  @Test
  void aLongOutageBehindItChangesNothing() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.log.failsButKeeps();
    hub.deliver("a", 1, 1);
    hub.log.fails();
    hub.deliver("a", 2, 3);
    hub.tick();
    hub.log.recovers();

    hub.deliver("a", 4, 4);

    assertThat(reader.ids()).containsExactly("1", "4");
    hub.tick();
    assertThat(reader.ids()).containsExactly("1", "4");
  }

  // ---- reading

  @Test
  void whatTheRingHoldsIsStillReplayed() {
    hub.deliver("a", 1, 4);
    hub.log.fails();

    TestReader reader = hub.join(new StartAt.After(new EventId("2")), "a");

    assertThat(reader.ids()).containsExactly("3", "4");
  }

  static Stream<StartAt> placesInTheLog() {
    return Stream.of(
        new StartAt.Earliest(),
        new StartAt.Since(Instant.EPOCH),
        new StartAt.After(new EventId("1")));
  }

  @ParameterizedTest
  @MethodSource("placesInTheLog")
  void whoAsksForThePastMeanwhileIsServedWhenItHasRecovered(StartAt start) {
    hub.deliver("a", 1, 50);
    hub.log.fails();
    TestReader reader = hub.join(start, "a");
    hub.tick();
    assertThat(reader.ids()).isEmpty();
    hub.log.recovers();

    hub.tick();

    hub.deliver("a", 51, 51);
    assertThat(reader.ids()).hasSizeBetween(50, 51).doesNotHaveDuplicates().endsWith("50", "51");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void whoAsksForTheStateMeanwhileGetsThatOfTheMomentItIsServed() {
    hub.deliver("a", 1, 5);
    hub.log.fails();
    TestReader reader = hub.join(new StartAt.Latest(), "a");
    hub.log.recovers();

    hub.tick();

    hub.deliver("a", 6, 6);
    assertThat(reader.ids()).containsExactly("5", "6");
  }

  @Test
  void whoIsInTheMiddleOfTheLogGoesOnWhereItStood() {
    hub.deliver("a", 1, 400);
    TestReader reader = hub.open(new StartAt.Earliest(), "a");
    hub.readers.runOne();
    hub.lane.runAll();
    hub.readers.runOne();
    hub.lane.runAll();
    hub.log.fails();
    hub.run();
    assertThat(reader.ids()).isNotEmpty().hasSizeLessThan(400);
    hub.log.recovers();

    hub.tick();

    assertThat(reader.ids()).hasSize(400).doesNotHaveDuplicates();
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void whoLagsPastTheRingGoesOnWhenItHasRecovered() {
    TestReader reader = hub.stuck("a");
    hub.deliver("a", 1, 50);
    hub.log.fails();
    hub.drain(reader);
    hub.log.recovers();

    hub.tick();

    assertThat(reader.ids()).hasSize(50).doesNotHaveDuplicates();
    assertThat(reader.isOver()).isFalse();
  }
}
