package dev.allim.log;

import static dev.allim.log.Appends.append;
import static dev.allim.log.Locations.before;
import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.many;
import static dev.allim.log.Notifications.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every engine promises of the times of publishing, whatever the clock does. */
interface TimesContract {
  /** The engine in question, empty at first. */
  LogEngine log();

  /** The clock that it goes by. */
  HandClock clock();

  @Test
  default void findsAPlaceByTime() {
    long[] first = append(log(), note("1", "a"), note("2", "a"));
    clock().advance(Duration.ofMinutes(1));
    long[] second = append(log(), note("3", "a"));
    clock().advance(Duration.ofMinutes(1));

    assertThat(before(log(), clock().instant())).isEqualTo(second[0]);
    assertThat(before(log(), clock().instant().minusSeconds(60))).isEqualTo(first[1]);
    assertThat(before(log(), clock().instant().minusSeconds(90))).isEqualTo(first[1]);
    assertThat(before(log(), clock().instant().minusSeconds(120))).isZero();
  }

  @Test
  default void timesOfPublishingDoNotGoBackWithTheClock() {
    append(log(), note("1", "a"));
    Instant before = clock().instant();
    clock().set(before.minusSeconds(50));
    append(log(), note("2", "a"));

    assertThat(log().read(0, filter("a"), 10, Notifications.ROOM).items())
        .extracting(LogRecord::published)
        .containsExactly(before, before);
  }

  /**
   * A clock was days ahead and is right again: its times count until it was found out, no longer.
   */
  @Test
  default void timesAreBroughtBackThatAClockAheadHasLeft() {
    Instant now = clock().instant();
    clock().set(now.plus(Duration.ofDays(2)));
    append(log(), many("ahead", 4_500, "a"));
    append(log(), note("gone", "b"));
    log().purge(new Topic("b"));
    clock().set(now);

    log().enforceRetention(now);
    append(log(), note("found", "a"));
    clock().advance(Duration.ofSeconds(1));
    long[] right = append(log(), note("right", "a"));

    assertThat(before(log(), clock().instant())).isEqualTo(right[0] - 1);
    assertThat(before(log(), now)).isZero();
    assertThat(log().read(0, filter("a"), 10_000, Notifications.ROOM).items())
        .extracting(LogRecord::published)
        .isSorted()
        .startsWith(now)
        .endsWith(clock().instant());
  }

  @Test
  default void aClockThatDoesNotKnowTheTimeYetChangesNoTimes() {
    append(log(), note("1", "a"));
    Instant before = clock().instant();
    clock().set(Instant.EPOCH);
    log().enforceRetention(clock().instant());
    append(log(), note("2", "a"));

    assertThat(log().read(0, filter("a"), 10, Notifications.ROOM).items())
        .extracting(LogRecord::published)
        .containsExactly(before, before);
  }

  @Test
  default void aPlaceInTimeThatIsForgottenIsStillKnown() {
    long[] positions = append(log(), note("1", "a"), note("2", "a"));
    clock().advance(Duration.ofMinutes(1));
    log().purge(new Topic("a"));

    assertThat(before(log(), clock().instant())).isEqualTo(positions[1]);
  }
}
