package dev.allim.log;

import static dev.allim.log.Notifications.ids;
import static dev.allim.log.Notifications.interest;
import static dev.allim.log.Notifications.many;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.notification.TraceParent;
import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine promises. A subclass gives the engine, with room for 10,000 notifications. */
public abstract class EventLogContract
    implements SnapshotContract, AppendContract, DelayedDeliveryContract, SideRoomContract {
  private static final int ROOM = 1 << 20;

  public final HandClock clock = new HandClock();
  private LogEngine log;

  /** A new, empty log. */
  public abstract LogEngine open(Clock clock);

  @BeforeEach
  void openLog() {
    log = open(clock);
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Override
  public final LogEngine log() {
    return log;
  }

  @Override
  public final HandClock clock() {
    return clock;
  }

  private long[] append(Notification... notifications) {
    return Appends.append(log, notifications);
  }

  @Test
  void anEmptyLogHasNothing() {
    assertThat(log.head()).isZero();
    assertThat(log.earliest()).isZero();
    assertThat(log.read(0, interest("*"), 10, ROOM)).isEqualTo(new Page(List.of(), 0, true));
    assertThat(log.state(interest("*"), 0).read(0, 10, ROOM).items()).isEmpty();
    assertThat(log.before(clock.instant())).isZero();
    assertThat(log.forgottenUpTo(interest("*"))).isZero();
    assertThat(log.nextDue()).isEmpty();
  }

  @Test
  void positionsArePositiveAndGrow() {
    long[] first = append(note("1", "a"), note("2", "b"));
    long[] second = append(note("3", "a"));

    assertThat(new long[] {0, first[0], first[1], second[0]}).isSorted().doesNotHaveDuplicates();
    assertThat(log.head()).isEqualTo(second[0]);
  }

  @Test
  void anEmptyGroupChangesNothing() {
    append(note("1", "a"));
    long head = log.head();

    assertThat(Appends.results(log)).isEmpty();
    assertThat(log.head()).isEqualTo(head);
  }

  @Test
  void everythingComesBackAsItWasPublished() {
    Notification full =
        new Notification(
            new EventId("id 1"),
            List.of(new Topic("주문/42"), new Topic("https://example.org/a?b=c"), new Topic("z")),
            Optional.of(new EventName("update")),
            "first\r\nsecond\u0000 '\"; 알림 \uD83D\uDD14",
            OptionalLong.of(2500),
            Optional.of(new Key("state")),
            Optional.of(clock.instant().plusMillis(1500)),
            Optional.of(
                new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")));
    Notification bare = Notification.of(new EventId("id 2"), new Topic("b"), "");

    long[] positions = append(full, bare);

    assertThat(log.read(0, interest("*"), 10, ROOM).items())
        .containsExactly(
            new LogRecord(positions[0], clock.instant(), full),
            new LogRecord(positions[1], clock.instant(), bare));
  }

  @Test
  void findsAnIdThatIsKept() {
    long[] positions = append(note("1", "a"), note("2", "a"));

    assertThat(log.find(new EventId("2"))).hasValue(positions[1]);
    assertThat(log.find(new EventId("3"))).isEmpty();
  }

  @Test
  void readsWhatStandsBehindAPosition() {
    long[] positions = append(note("1", "a"), note("2", "a"), note("3", "a"));

    Page page = log.read(positions[0], interest("a"), 10, ROOM);

    assertThat(ids(page.items())).containsExactly("2", "3");
    assertThat(page.upTo()).isEqualTo(log.head());
    assertThat(page.complete()).isTrue();
  }

  @Test
  void readsWhatIsAskedForByTopicAlternateOrTemplate() {
    append(
        note("1", "orders/1"),
        note("2", "users/1", "orders/2", "x"),
        note("3", "users/2"),
        note("4", "orders/1/items", "x"));

    assertThat(readAll(log, 0, "orders/1")).containsExactly("1");
    assertThat(readAll(log, 0, "orders/2")).containsExactly("2");
    assertThat(readAll(log, 0, "x", "users/1", "orders/1")).containsExactly("1", "2", "4");
    assertThat(readAll(log, 0, "orders/{id}")).containsExactly("1", "2");
    assertThat(readAll(log, 0, "orders/{+rest}", "users/2")).containsExactly("1", "2", "3", "4");
    assertThat(readAll(log, 0, "*")).containsExactly("1", "2", "3", "4");
    assertThat(readAll(log, 0, "nothing")).isEmpty();
  }

  @Test
  void manyTopicsAtOnceAreReadInOrder() {
    String[] topics = new String[60];
    Arrays.setAll(topics, i -> "topic/" + i);
    for (int i = 59; i >= 0; i--) {
      append(note("n" + i, topics[i]));
    }

    assertThat(readAll(log, 0, topics)).hasSize(60).startsWith("n59").endsWith("n0");
    assertThat(readAll(log, 0, Arrays.copyOf(topics, 30))).hasSize(30).startsWith("n29");
  }

  @Test
  void pagesFollowEachOtherWithoutHoleOrDouble() {
    Appends.append(log, many("n", 250, "a"));

    Page first = log.read(0, interest("a"), 100, ROOM);

    assertThat(first.items()).hasSize(100);
    assertThat(first.complete()).isFalse();
    assertThat(readAll(log, 0, "a"))
        .containsExactlyElementsOf(
            many("n", 250, "a").stream().map(notification -> notification.id().value()).toList());
  }

  @Test
  void aPageIsBoundedByTheBytesOfItsData() {
    Notification large = Notification.of(new EventId("1"), new Topic("a"), "x".repeat(1000));
    append(large, note("2", "a"), note("3", "a"));

    Page page = log.read(0, interest("a"), 10, 500);

    assertThat(ids(page.items())).containsExactly("1");
    assertThat(page.complete()).isFalse();
  }

  @Test
  void readingMovesOnOverWhatIsNotAskedFor() {
    Appends.append(log, many("n", 9_000, "noise"));
    append(note("wanted", "signal/1"));

    assertThat(readAll(log, 0, "signal/{n}")).containsExactly("wanted");
    assertThat(log.read(0, interest("signal/1"), 1, ROOM).items()).hasSize(1);
  }

  @Test
  void readingFromAheadOfTheLogFindsNothing() {
    append(note("1", "a"));

    Page page = log.read(log.head() + 5, interest("*"), 10, ROOM);

    assertThat(page.items()).isEmpty();
    assertThat(page.complete()).isTrue();
    assertThat(page.upTo()).isGreaterThanOrEqualTo(log.head());
  }

  @Test
  void whatHasExpiredIsNotReadAndIsNoLoss() {
    append(note("1", "a").expiring(clock.instant().plusSeconds(10)), note("2", "a"));
    clock.advance(Duration.ofSeconds(10));

    assertThat(readAll(log, 0, "a")).containsExactly("2");
    assertThat(ids(log.state(interest("a"), log.head()).read(0, 10, ROOM).items()))
        .containsExactly("2");
    log.sweep(clock.instant());
    assertThat(log.find(new EventId("1"))).isEmpty();
    assertThat(log.forgottenUpTo(interest("a"))).isZero();
  }

  @Test
  void findsAPlaceByTime() {
    long[] first = append(note("1", "a"), note("2", "a"));
    clock.advance(Duration.ofMinutes(1));
    long[] second = append(note("3", "a"));
    clock.advance(Duration.ofMinutes(1));

    assertThat(log.before(clock.instant())).isEqualTo(second[0]);
    assertThat(log.before(clock.instant().minusSeconds(60))).isEqualTo(first[1]);
    assertThat(log.before(clock.instant().minusSeconds(90))).isEqualTo(first[1]);
    assertThat(log.before(clock.instant().minusSeconds(120))).isZero();
  }

  @Test
  void timesOfPublishingDoNotGoBackWithTheClock() {
    append(note("1", "a"));
    Instant before = clock.instant();
    clock.set(before.minusSeconds(50));
    append(note("2", "a"));

    assertThat(log.read(0, interest("a"), 10, ROOM).items())
        .extracting(LogRecord::published)
        .containsExactly(before, before);
  }

  /**
   * A clock was days ahead and is right again: its times count until it was found out, no longer.
   */
  @Test
  void timesAreBroughtBackThatAClockAheadHasLeft() {
    Instant now = clock.instant();
    clock.set(now.plus(Duration.ofDays(2)));
    Appends.append(log, many("ahead", 4_500, "a"));
    append(note("gone", "b"));
    log.purge(new Topic("b"));
    clock.set(now);

    log.sweep(now);
    append(note("found", "a"));
    clock.advance(Duration.ofSeconds(1));
    long[] right = append(note("right", "a"));

    assertThat(log.before(clock.instant())).isEqualTo(right[0] - 1);
    assertThat(log.before(now)).isZero();
    assertThat(log.read(0, interest("a"), 10_000, ROOM).items())
        .extracting(LogRecord::published)
        .isSorted()
        .startsWith(now)
        .endsWith(clock.instant());
  }

  @Test
  void aClockThatDoesNotKnowTheTimeYetChangesNoTimes() {
    append(note("1", "a"));
    Instant before = clock.instant();
    clock.set(Instant.EPOCH);
    log.sweep(clock.instant());
    append(note("2", "a"));

    assertThat(log.read(0, interest("a"), 10, ROOM).items())
        .extracting(LogRecord::published)
        .containsExactly(before, before);
  }

  // ---- places

  @Test
  void aPlaceIsFoundByItsIdAlsoWhereNothingStandsOrEverStood() {
    assertThat(log.find(log.places().seal(0))).hasValue(0);
    long[] positions = append(note("1", "a"), note("2", "a"));
    EventId place = log.places().seal(positions[0]);
    log.purge(new Topic("a"));

    assertThat(log.find(place)).hasValue(positions[0]);
    assertThat(log.find(log.places().seal(log.head() + 1))).isEmpty();
    assertThat(log.find(new EventId(place.value() + "A"))).isEmpty();
    assertThat(log.isKept(place)).isFalse();
  }

  // ---- ids that come back

  @Test
  void anIdThatWasAnothersIsNotWhereItsReadersGoOn() {
    append(note("x", "a"), note("y", "a"));
    log.purge(new Topic("a"));
    assertThat(log.hasReusedIds()).isFalse();

    append(note("x", "theirs"), note("z", "theirs"));

    assertThat(log.find(new EventId("x"))).isEmpty();
    assertThat(log.isKept(new EventId("x"))).isTrue();
    assertThat(log.hasReusedIds()).isTrue();
    assertThat(log.find(new EventId("z"))).isPresent();
    log.purge(new Topic("theirs"));
    assertThat(log.isKept(new EventId("x"))).isFalse();
  }

  @Test
  void anIdThatExpiredWasAnothersAsWell() {
    append(note("x", "a").expiring(clock.instant().plusSeconds(1)));
    clock.advance(Duration.ofSeconds(1));
    log.sweep(clock.instant());

    append(note("x", "theirs"));

    assertThat(log.find(new EventId("x"))).isEmpty();
  }

  @Test
  void theHubsOwnIdsLeaveNoTraces() {
    EventId own = new TimeOrderedIds(clock, new Random(1)).next();
    append(note(own.value(), "a"));
    log.purge(new Topic("a"));

    append(note(own.value(), "a"));

    assertThat(log.find(own)).isPresent();
    assertThat(log.hasReusedIds()).isFalse();
  }

  @Test
  void earliestIsJustBeforeTheOldestKept() {
    append(note("1", "a"), note("2", "b"));
    log.purge(new Topic("a"));

    assertThat(readAll(log, log.earliest(), "*")).containsExactly("2");
    assertThat(log.earliest()).isEqualTo(log.find(new EventId("2")).orElseThrow() - 1);
  }

  @Test
  void aPurgeDeletesACanonicalTopicAndSaysUpToWhere() {
    long[] positions =
        append(note("1", "a", "x"), note("2", "b", "a"), note("3", "a"), note("4", "c"));

    assertThat(log.purge(new Topic("a"))).isEqualTo(2);

    assertThat(readAll(log, 0, "*")).containsExactly("2", "4");
    assertThat(log.find(new EventId("1"))).isEmpty();
    assertThat(log.forgottenUpTo(interest("a"))).isEqualTo(positions[2]);
    assertThat(log.forgottenUpTo(interest("x"))).isEqualTo(positions[0]);
    assertThat(log.forgottenUpTo(interest("{t}"))).isEqualTo(positions[2]);
    assertThat(log.forgottenUpTo(interest("*"))).isEqualTo(positions[2]);
    assertThat(log.forgottenUpTo(interest("b", "c"))).isZero();
  }

  @Test
  void positionsGoOnAfterAllWasPurged() {
    Appends.append(log, many("n", 1_200, "a"));
    long head = log.head();

    assertThat(log.purge(new Topic("a"))).isEqualTo(1_200);

    assertThat(log.head()).isEqualTo(head);
    assertThat(log.earliest()).isEqualTo(head);
    assertThat(append(note("again", "a"))[0]).isGreaterThan(head);
  }

  @Test
  void aPlaceInTimeThatIsForgottenIsStillKnown() {
    long[] positions = append(note("1", "a"), note("2", "a"));
    clock.advance(Duration.ofMinutes(1));
    log.purge(new Topic("a"));

    assertThat(log.before(clock.instant())).isEqualTo(positions[1]);
  }

  @Test
  void anIdMayComeBackAfterItWasForgotten() {
    append(note("1", "a"));
    log.purge(new Topic("a"));
    append(note("1", "a"));

    assertThat(readAll(log, 0, "a")).containsExactly("1");
  }

  @Test
  void readersSeeAllUpToTheHeadWhileItIsAppended() {
    CompletableFuture<Void> appending =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 300; i++) {
                append(note("n" + i, "a"));
              }
            });

    int seen = 0;
    long at = 0;
    while (seen < 300) {
      assertThat(appending).isNotCompletedExceptionally();
      Page page = log.read(at, interest(seen % 2 == 0 ? "a" : "*"), 7, ROOM);
      for (LogRecord stored : page.items()) {
        assertThat(stored.notification().id().value()).isEqualTo("n" + seen++);
      }
      at = page.upTo();
    }
    appending.join();
  }
}
