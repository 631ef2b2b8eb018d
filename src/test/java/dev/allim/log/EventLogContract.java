package dev.allim.log;

import static dev.allim.log.Locations.before;
import static dev.allim.log.Locations.earliest;
import static dev.allim.log.Locations.find;
import static dev.allim.log.Locations.truncatedUpTo;
import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.EventContext;
import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.notification.TraceParent;
import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine promises. A subclass gives the engine, with room for 10,000 notifications. */
public abstract class EventLogContract
    implements ReadingContract,
        TimesContract,
        IdsContract,
        TruncationContract,
        SnapshotContract,
        AppendContract,
        TailContract,
        DelayedDeliveryContract,
        SideRoomContract,
        PrivacyContract,
        NotesContract {
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
    assertThat(log.read(0, filter("*"), 10, Notifications.ROOM))
        .isEqualTo(new Page(List.of(), 0, true));
    assertThat(log.state(filter("*")).read(0, 10, Notifications.ROOM).items()).isEmpty();
    assertThat(before(log, clock.instant())).isZero();
    assertThat(truncatedUpTo(log, filter("*"))).isZero();
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
                    new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")))
            .inContext(new EventContext("{\"source\":\"/상점\",\"number\":7}"));
    Notification bare = Notification.of(new EventId("id 2"), new Topic("b"), "");

    long[] positions = append(full, bare);

    assertThat(log.read(0, filter("*"), 10, Notifications.ROOM).items())
        .containsExactly(
            new LogRecord(positions[0], clock.instant(), full),
            new LogRecord(positions[1], clock.instant(), bare));
  }

  @Test
  void whoeverSharesItHasWhereToTellTheOthersWhatIsThere() {
    assertThat(log.sharedRoster().isPresent()).isEqualTo(log.isShared());
  }

  // ---- ids that come back

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
      Page page = log.read(at, filter(seen % 2 == 0 ? "a" : "*"), 7, Notifications.ROOM);
      for (LogRecord stored : page.items()) {
        assertThat(stored.notification().id().value()).isEqualTo("n" + seen++);
      }
      at = page.upTo();
    }
    appending.join();
  }
}
