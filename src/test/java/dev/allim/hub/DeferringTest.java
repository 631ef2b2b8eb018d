package dev.allim.hub;

import static dev.allim.hub.HistoryHub.later;
import static dev.allim.hub.HistoryHub.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.Publication.Entry;
import dev.allim.hub.spi.PublishRefusedException;
import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import dev.allim.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Notifications that wait for their time, and those whose time is over. */
class DeferringTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT.keeping(4));

  private static Instant in(int seconds) {
    return HandClock.START.plusSeconds(seconds);
  }

  private CompletableFuture<Boolean> cancel(String id) {
    return hub.hub.cancel(new EventId(id), any -> true).toCompletableFuture();
  }

  private TestReader earliest(String... matchers) {
    return hub.join(new StartAt.Earliest(), matchers);
  }

  // ---- not yet

  @Test
  void waitsUntilItsTimeHasCome() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.publish(later(in(10), note("1", "a")));
    hub.pass(Duration.ofMillis(9_999));
    assertThat(reader.ids()).isEmpty();
    assertThat(earliest("a").ids()).isEmpty();

    hub.pass(Duration.ofMillis(1));

    assertThat(reader.ids()).containsExactly("1");
  }

  @Test
  void comesInTheOrderOfTimesHoweverLateTheClockIsLookedAt() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.publish(
        later(in(30), note("3", "a")),
        later(in(10), note("1", "a")),
        later(in(20), note("2", "a")));
    hub.run();

    hub.pass(Duration.ofMinutes(1));

    assertThat(reader.ids()).containsExactly("1", "2", "3");
  }

  @Test
  void comesOnce() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.publish(later(in(1), note("1", "a")));
    hub.run();
    hub.clock.advance(SECOND);
    hub.hub.deliverDue();
    hub.hub.deliverDue();
    hub.run();

    hub.pass(SECOND);

    assertThat(reader.ids()).containsExactly("1");
  }

  @Test
  void moreThanOneCommitTakesComeAllAndInOrder() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    List<Entry> entries = new ArrayList<>();
    for (int i = 3500; i > 0; i--) {
      entries.add(later(HandClock.START.plusMillis(i), note(Integer.toString(i), "a")));
    }
    hub.publish(entries.toArray(Entry[]::new));
    hub.run();

    hub.pass(Duration.ofMinutes(1));

    assertThat(reader.ids())
        .isEqualTo(IntStream.rangeClosed(1, 3500).mapToObj(Integer::toString).toList());
  }

  @Test
  void standsInTheHistoryWhereItWasDelivered() {
    hub.publish(later(in(1), note("later", "a")));
    hub.deliver(note("now", "a"));
    hub.pass(SECOND);
    hub.deliver(note("after", "a"));

    assertThat(earliest("a").ids()).containsExactly("now", "later", "after");
  }

  @Test
  void waitsThroughARestart() {
    hub.publish(later(in(10), note("1", "a")), later(in(5), note("2", "a")));
    hub.run();
    HistoryHub second = hub.restarted();
    TestReader reader = second.join(new StartAt.Now(), "a");

    second.pass(Duration.ofSeconds(10));

    assertThat(reader.ids()).containsExactly("2", "1");
  }

  @Test
  void waitsForALogThatCannotBeWritten() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.publish(later(in(1), note("1", "a")));
    hub.run();
    hub.log.fails();
    hub.pass(SECOND);
    assertThat(reader.ids()).isEmpty();
    hub.log.recovers();

    hub.pass(SECOND);

    assertThat(reader.ids()).containsExactly("1");
    assertThat(reader.isOver()).isFalse();
  }

  // ---- never

  @Test
  void neverComesIfItIsCancelled() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.publish(later(in(1), note("1", "a")), later(in(1), note("2", "a")));
    CompletableFuture<Boolean> cancelled = cancel("1");
    CompletableFuture<Boolean> again = cancel("1");
    hub.run();

    hub.pass(SECOND);

    assertThat(cancelled).isCompletedWithValue(true);
    assertThat(again).isCompletedWithValue(false);
    assertThat(reader.ids()).containsExactly("2");
  }

  @Test
  void isNotCancelledOnceItHasCome() {
    hub.publish(later(in(1), note("1", "a")));
    hub.run();
    hub.pass(SECOND);

    CompletableFuture<Boolean> cancelled = cancel("1");

    hub.run();
    assertThat(cancelled).isCompletedWithValue(false);
  }

  @Test
  void isCancelledByWhoComesBeforeTheTimeInOneCommit() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.publish(later(in(1), note("1", "a")));
    hub.run();
    hub.clock.advance(SECOND);
    CompletableFuture<Boolean> cancelled = cancel("1");
    hub.hub.deliverDue();

    hub.run();

    assertThat(cancelled).isCompletedWithValue(true);
    assertThat(reader.ids()).isEmpty();
  }

  @Test
  void isNotCancelledByWhoComesAfterTheTimeInOneCommit() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.publish(later(in(1), note("1", "a")));
    hub.run();
    hub.clock.advance(SECOND);
    hub.hub.deliverDue();
    CompletableFuture<Boolean> cancelled = cancel("1");

    hub.run();

    assertThat(cancelled).isCompletedWithValue(false);
    assertThat(reader.ids()).containsExactly("1");
  }

  @Test
  void itsIdIsTakenWhileItWaits() {
    hub.publish(later(in(1), note("1", "a")));
    hub.run();

    CompletableFuture<List<EventId>> second = hub.publish(later(in(9), note("1", "a")));

    hub.run();
    assertThat(second)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(PublishRefusedException.class);
  }

  // ---- no longer

  @Test
  void isNotDeliveredOnceItHasExpired() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.publish(note("short", "a").expiring(in(1)));
    hub.publish(note("long", "a").expiring(in(2)));
    hub.writer.runAll();
    hub.clock.advance(SECOND);

    hub.run();

    assertThat(reader.ids()).containsExactly("long");
  }

  @Test
  void isNotReplayedFromTheRingOnceItHasExpired() {
    hub.deliver(note("1", "a"), note("2", "a").expiring(in(1)), note("3", "a"));
    hub.pass(SECOND);

    TestReader reader = hub.join(new StartAt.After(new EventId("1")), "a");

    assertThat(reader.ids()).containsExactly("3");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void isNotReplayedFromTheLogOnceItHasExpired() {
    hub.deliver(note("0", "a"), note("short", "a").expiring(in(1)));
    hub.deliver("a", 1, 9);
    hub.pass(SECOND);

    TestReader reader = hub.join(new StartAt.After(new EventId("0")), "a");

    assertThat(reader.ids()).hasSize(9).startsWith("1");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void isNoStateOnceItHasExpired() {
    hub.deliver(note("1", "a"), note("2", "a").expiring(in(1)));
    hub.pass(SECOND);

    assertThat(hub.join(new StartAt.Latest(), "a").ids()).containsExactly("1");
  }
}
