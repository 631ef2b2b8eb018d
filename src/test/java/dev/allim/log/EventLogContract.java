package dev.allim.log;

import static dev.allim.log.Locations.before;
import static dev.allim.log.Locations.earliest;
import static dev.allim.log.Locations.find;
import static dev.allim.log.Locations.isKept;
import static dev.allim.log.Locations.truncatedUpTo;
import static dev.allim.log.Notifications.ids;
import static dev.allim.log.Notifications.interest;
import static dev.allim.log.Notifications.keyed;
import static dev.allim.log.Notifications.many;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static dev.allim.log.Notifications.readAllBack;
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
    assertThat(log.status().head()).isZero();
    assertThat(earliest(log)).isZero();
    assertThat(log.read(0, interest("*"), 10, ROOM)).isEqualTo(new Page(List.of(), 0, true));
    assertThat(log.state(interest("*")).read(0, 10, ROOM).items()).isEmpty();
    assertThat(before(log, clock.instant())).isZero();
    assertThat(truncatedUpTo(log, interest("*"))).isZero();
    assertThat(log.nextDue()).isEmpty();
    assertThat(log.status().events()).isZero();
  }

  @Test
  void saysHowItIs() {
    append(note("1", "a"), note("2", "b"), note("3", "b"));
    log.purge(new Topic("a"));

    LogStatus status = log.status();

    assertThat(status.head()).isEqualTo(find(log, new EventId("3")).orElseThrow());
    assertThat(status.writable()).isTrue();
    assertThat(status.events()).isEqualTo(2);
    assertThat(status.bytes()).isPositive();
    assertThat(status.lag()).isZero();
    assertThat(status.place()).isNotBlank();
  }

  @Test
  void positionsArePositiveAndGrow() {
    long[] first = append(note("1", "a"), note("2", "b"));
    long[] second = append(note("3", "a"));

    assertThat(new long[] {0, first[0], first[1], second[0]}).isSorted().doesNotHaveDuplicates();
    assertThat(log.status().head()).isEqualTo(second[0]);
  }

  @Test
  void anEmptyGroupChangesNothing() {
    append(note("1", "a"));
    long head = log.status().head();

    assertThat(Appends.results(log)).isEmpty();
    assertThat(log.status().head()).isEqualTo(head);
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
  void readsBackFromTheNewestOverAllKindsOfTopics() {
    append(note("1", "a"), note("2", "b/1"), note("3", "b/2", "a"), keyed("4", "a", "k"));
    long[] last = append(note("5", "c"), note("6", "a"));

    assertThat(readAllBack(log, EventLog.FROM_THE_END, "*"))
        .containsExactly("6", "5", "4", "3", "2", "1");
    assertThat(readAllBack(log, EventLog.FROM_THE_END, "a")).containsExactly("6", "4", "3", "1");
    assertThat(readAllBack(log, last[0], "a", "c")).containsExactly("4", "3", "1");
    assertThat(readAllBack(log, EventLog.FROM_THE_END, "b/{x}")).containsExactly("3", "2");
    assertThat(readAllBack(log, EventLog.FROM_THE_END, "d")).isEmpty();
    assertThat(log.readBack(1, interest("*"), 10, ROOM).items()).isEmpty();
  }

  @Test
  void aPageBackIsAsLongAsAskedForAndSaysWhereItEnded() {
    append(many("n", 10, "a").toArray(Notification[]::new));

    Page page = log.readBack(EventLog.FROM_THE_END, interest("a"), 3, ROOM);

    assertThat(ids(page.items())).containsExactly("n9", "n8", "n7");
    assertThat(page.complete()).isFalse();
    assertThat(ids(log.readBack(page.upTo(), interest("a"), 3, ROOM).items()))
        .containsExactly("n6", "n5", "n4");
    assertThat(log.readBack(EventLog.FROM_THE_END, interest("a"), 10, 3).items())
        .hasSizeLessThan(5);
    assertThat(log.readBack(EventLog.FROM_THE_END, interest("a"), 11, ROOM).complete()).isTrue();
  }

  @Test
  void whatHasExpiredIsNotReadBack() {
    append(note("1", "a"), note("2", "a").expiring(clock.instant().plusSeconds(1)));
    clock.advance(Duration.ofSeconds(2));

    assertThat(readAllBack(log, EventLog.FROM_THE_END, "a")).containsExactly("1");
  }

  /** Far more than one call looks at. */
  @Test
  void theFewAmongManyAreReadBackToo() {
    append(note("first", "rare/1"));
    append(many("n", 9_000, "often").toArray(Notification[]::new));
    append(note("last", "rare/2"));

    assertThat(readAllBack(log, EventLog.FROM_THE_END, "rare/{x}"))
        .containsExactly("last", "first");
    assertThat(readAllBack(log, EventLog.FROM_THE_END, "rare/1")).containsExactly("first");
  }

  @Test
  void findsAnIdThatIsKept() {
    long[] positions = append(note("1", "a"), note("2", "a"));

    assertThat(find(log, new EventId("2"))).hasValue(positions[1]);
    assertThat(find(log, new EventId("3"))).isEmpty();
  }

  @Test
  void readsWhatStandsBehindAPosition() {
    long[] positions = append(note("1", "a"), note("2", "a"), note("3", "a"));

    Page page = log.read(positions[0], interest("a"), 10, ROOM);

    assertThat(ids(page.items())).containsExactly("2", "3");
    assertThat(page.upTo()).isEqualTo(log.status().head());
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

    Page page = log.read(log.status().head() + 5, interest("*"), 10, ROOM);

    assertThat(page.items()).isEmpty();
    assertThat(page.complete()).isTrue();
    assertThat(page.upTo()).isGreaterThanOrEqualTo(log.status().head());
  }

  @Test
  void whatHasExpiredIsNotReadAndIsNoLoss() {
    append(note("1", "a").expiring(clock.instant().plusSeconds(10)), note("2", "a"));
    clock.advance(Duration.ofSeconds(10));

    assertThat(readAll(log, 0, "a")).containsExactly("2");
    assertThat(ids(log.state(interest("a")).read(0, 10, ROOM).items())).containsExactly("2");
    log.sweep(clock.instant());
    assertThat(find(log, new EventId("1"))).isEmpty();
    assertThat(truncatedUpTo(log, interest("a"))).isZero();
  }

  @Test
  void findsAPlaceByTime() {
    long[] first = append(note("1", "a"), note("2", "a"));
    clock.advance(Duration.ofMinutes(1));
    long[] second = append(note("3", "a"));
    clock.advance(Duration.ofMinutes(1));

    assertThat(before(log, clock.instant())).isEqualTo(second[0]);
    assertThat(before(log, clock.instant().minusSeconds(60))).isEqualTo(first[1]);
    assertThat(before(log, clock.instant().minusSeconds(90))).isEqualTo(first[1]);
    assertThat(before(log, clock.instant().minusSeconds(120))).isZero();
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

    assertThat(before(log, clock.instant())).isEqualTo(right[0] - 1);
    assertThat(before(log, now)).isZero();
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
    assertThat(find(log, log.places().seal(0))).hasValue(0);
    long[] positions = append(note("1", "a"), note("2", "a"));
    EventId place = log.places().seal(positions[0]);
    log.purge(new Topic("a"));

    assertThat(find(log, place)).hasValue(positions[0]);
    assertThat(find(log, log.places().seal(log.status().head() + 1))).isEmpty();
    assertThat(find(log, new EventId(place.value() + "A"))).isEmpty();
  }

  // ---- ids that come back

  @Test
  void anIdThatWasAnothersIsNotWhereItsReadersGoOn() {
    append(note("x", "a"), note("y", "a"));
    log.purge(new Topic("a"));
    assertThat(log.hasReusedIds()).isFalse();

    append(note("x", "theirs"), note("z", "theirs"));

    assertThat(find(log, new EventId("x"))).isEmpty();
    assertThat(isKept(log, new EventId("x"))).isTrue();
    assertThat(log.hasReusedIds()).isTrue();
    assertThat(find(log, new EventId("z"))).isPresent();
    log.purge(new Topic("theirs"));
    assertThat(isKept(log, new EventId("x"))).isFalse();
  }

  @Test
  void anIdThatExpiredWasAnothersAsWell() {
    append(note("x", "a").expiring(clock.instant().plusSeconds(1)));
    clock.advance(Duration.ofSeconds(1));
    log.sweep(clock.instant());

    append(note("x", "theirs"));

    assertThat(find(log, new EventId("x"))).isEmpty();
  }

  @Test
  void theHubsOwnIdsLeaveNoTraces() {
    EventId own = new TimeOrderedIds(clock, new Random(1)).next();
    append(note(own.value(), "a"));
    log.purge(new Topic("a"));

    append(note(own.value(), "a"));

    assertThat(find(log, own)).isPresent();
    assertThat(log.hasReusedIds()).isFalse();
  }

  @Test
  void earliestIsJustBeforeTheOldestKept() {
    append(note("1", "a"), note("2", "b"));
    log.purge(new Topic("a"));

    assertThat(readAll(log, earliest(log), "*")).containsExactly("2");
    assertThat(earliest(log)).isEqualTo(find(log, new EventId("2")).orElseThrow() - 1);
  }

  @Test
  void aPurgeDeletesACanonicalTopicAndSaysUpToWhere() {
    long[] positions =
        append(note("1", "a", "x"), note("2", "b", "a"), note("3", "a"), note("4", "c"));

    assertThat(log.purge(new Topic("a"))).isEqualTo(2);

    assertThat(readAll(log, 0, "*")).containsExactly("2", "4");
    assertThat(find(log, new EventId("1"))).isEmpty();
    assertThat(truncatedUpTo(log, interest("a"))).isEqualTo(positions[2]);
    assertThat(truncatedUpTo(log, interest("x"))).isEqualTo(positions[0]);
    assertThat(truncatedUpTo(log, interest("{t}"))).isEqualTo(positions[2]);
    assertThat(truncatedUpTo(log, interest("*"))).isEqualTo(positions[2]);
    assertThat(truncatedUpTo(log, interest("b", "c"))).isZero();
  }

  @Test
  void whoeverBeginsIsToldWhatIsMissing() {
    long[] positions = append(note("1", "a"), note("2", "b"), note("3", "a"), note("4", "b"));
    log.purge(new Topic("a"));

    LogStart behindTwo = new LogStart.After(new EventId("2"));
    assertThat(log.locate(behindTwo, interest("a")))
        .isEqualTo(new Location.Known(positions[1], positions[2]))
        .returns(true, Location::isGap);
    assertThat(log.locate(behindTwo, interest("b")))
        .isEqualTo(new Location.Known(positions[1], 0))
        .returns(false, Location::isGap);
    assertThat(log.locate(new LogStart.After(new EventId("4")), interest("a")).isGap()).isFalse();
    assertThat(log.locate(new LogStart.After(new EventId("1")), interest("b")))
        .isEqualTo(new Location.Unknown(positions[1] - 1, 0))
        .returns(true, Location::isGap);
  }

  /** Whatever was read beside a purge: it is in the page, or the page says that it is gone. */
  @Test
  void aPageAndWhatItSaysToBeGoneAreOfOneMoment() {
    for (int round = 0; round < 20; round++) {
      long[] positions = Appends.append(log, many("r" + round + "n", 400, "a"));
      long before = positions[0] - 1;
      CompletableFuture<Integer> purging =
          CompletableFuture.supplyAsync(() -> log.purge(new Topic("a")));
      Page page;
      do {
        page = log.read(before, interest("a"), 1_000, ROOM);
        long gone = Math.max(before, page.truncatedUpTo());
        assertThat(page.items().size() + gone - before).isEqualTo(positions.length);
      } while (!purging.isDone());
    }
  }

  @Test
  void positionsGoOnAfterAllWasPurged() {
    Appends.append(log, many("n", 1_200, "a"));
    long head = log.status().head();

    assertThat(log.purge(new Topic("a"))).isEqualTo(1_200);

    assertThat(log.status().head()).isEqualTo(head);
    assertThat(earliest(log)).isEqualTo(head);
    assertThat(append(note("again", "a"))[0]).isGreaterThan(head);
  }

  @Test
  void aPlaceInTimeThatIsForgottenIsStillKnown() {
    long[] positions = append(note("1", "a"), note("2", "a"));
    clock.advance(Duration.ofMinutes(1));
    log.purge(new Topic("a"));

    assertThat(before(log, clock.instant())).isEqualTo(positions[1]);
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
