package dev.allim.log;

import static dev.allim.log.Appends.append;
import static dev.allim.log.Locations.find;
import static dev.allim.log.Locations.isKept;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.EventId;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every engine promises of ids: whose they are, and what comes of those that come back. */
interface IdsContract {
  /** The engine in question, empty at first. */
  LogEngine log();

  /** The clock that it goes by. */
  HandClock clock();

  @Test
  default void findsAnIdThatIsKept() {
    long[] positions = append(log(), note("1", "a"), note("2", "a"));

    assertThat(find(log(), new EventId("2"))).hasValue(positions[1]);
    assertThat(find(log(), new EventId("3"))).isEmpty();
  }

  @Test
  default void aPlaceIsFoundByItsIdAlsoWhereNothingStandsOrEverStood() {
    assertThat(find(log(), log().places().seal(0))).hasValue(0);
    long[] positions = append(log(), note("1", "a"), note("2", "a"));
    EventId place = log().places().seal(positions[0]);
    log().purge(new Topic("a"));

    assertThat(find(log(), place)).hasValue(positions[0]);
    assertThat(find(log(), log().places().seal(log().status().head() + 1))).isEmpty();
    assertThat(find(log(), new EventId(place.value() + "A"))).isEmpty();
  }

  @Test
  default void anIdThatWasAnothersIsNotWhereItsReadersGoOn() {
    append(log(), note("x", "a"), note("y", "a"));
    log().purge(new Topic("a"));
    assertThat(log().hasReusedIds()).isFalse();

    append(log(), note("x", "theirs"), note("z", "theirs"));

    assertThat(find(log(), new EventId("x"))).isEmpty();
    assertThat(isKept(log(), new EventId("x"))).isTrue();
    assertThat(log().hasReusedIds()).isTrue();
    assertThat(find(log(), new EventId("z"))).isPresent();
    log().purge(new Topic("theirs"));
    assertThat(isKept(log(), new EventId("x"))).isFalse();
  }

  @Test
  default void anIdThatExpiredWasAnothersAsWell() {
    append(log(), note("x", "a").expiring(clock().instant().plusSeconds(1)));
    clock().advance(Duration.ofSeconds(1));
    log().enforceRetention(clock().instant());

    append(log(), note("x", "theirs"));

    assertThat(find(log(), new EventId("x"))).isEmpty();
  }

  @Test
  default void theHubsOwnIdsLeaveNoTraces() {
    EventId own = new TimeOrderedIds(clock(), new Random(1)).next();
    append(log(), note(own.value(), "a"));
    log().purge(new Topic("a"));

    append(log(), note(own.value(), "a"));

    assertThat(find(log(), own)).isPresent();
    assertThat(log().hasReusedIds()).isFalse();
  }

  @Test
  default void anIdMayComeBackAfterItWasForgotten() {
    append(log(), note("1", "a"));
    log().purge(new Topic("a"));
    append(log(), note("1", "a"));

    assertThat(readAll(log(), 0, "a")).containsExactly("1");
  }
}
