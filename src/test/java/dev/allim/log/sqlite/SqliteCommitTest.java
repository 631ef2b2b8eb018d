package dev.allim.log.sqlite;

import static dev.allim.log.Locations.find;
import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.ids;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.allim.log.AppendResult;
import dev.allim.log.Appends;
import dev.allim.log.Appends.Heard;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.retention.Retention;
import dev.allim.log.retention.RetentionRule;
import dev.allim.log.sqlite.FailingDisk.Then;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.EventId;
import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;

/** A disk that fails in the very moment of a commit. */
class SqliteCommitTest {
  private static final String IN_DOUBT = "is not known until the disk answers again";

  @TempDir Path directory;
  private final HandClock clock = new HandClock();
  private final FailingDisk disk = new FailingDisk();
  private SqliteLog log;

  @BeforeEach
  void open() {
    log = open(new Retention(List.of(), 1L << 30));
    append("1");
  }

  private SqliteLog open(Retention retention) {
    return new SqliteLog(
        new SqliteSettings(directory.resolve("allim.db"), Durability.DISK, retention, 2),
        clock,
        disk);
  }

  @AfterEach
  void close() {
    log.close();
  }

  private long[] append(String... ids) {
    return Appends.append(log, List.of(ids).stream().map(id -> note(id, "a")).toList());
  }

  @Test
  void whatTheDiskHasAllTheSameIsKept() {
    disk.failCommit(Then.KEPT);

    assertThat(append("2", "3")).containsExactly(2, 3);

    assertThat(append("4")).containsExactly(4);
    assertThat(readAll(log, 0, "*")).containsExactly("1", "2", "3", "4");
  }

  @Test
  void whatTheDiskHasNotIsRefusedForCertain() {
    disk.failCommit(Then.LOST);

    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(() -> append("2"))
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(IN_DOUBT));

    assertThat(append("3")).containsExactly(2);
    assertThat(readAll(log, 0, "*")).containsExactly("1", "3");
  }

  @Test
  void aFullDiskHasNothingOfIt() {
    disk.failCommit(Then.LOST, SQLiteErrorCode.SQLITE_FULL);

    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(() -> append("2"))
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(IN_DOUBT));

    assertThat(append("3")).containsExactly(2);
  }

  @ParameterizedTest
  @EnumSource
  void aDiskThatDoesNotAnswerLeavesTheDoubtAndSaysSo(Then then) {
    disk.failCommit(then);
    disk.goAway();

    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(() -> append("2"))
        .withMessageContaining(IN_DOUBT)
        .satisfies(doubt -> assertThat(doubt.toClients()).contains("Idempotency-Key"));
    assertThat(log.status().head()).isEqualTo(1);

    disk.comeBack();
    log.probe();
    assertThat(log.status().head()).isEqualTo(then == Then.KEPT ? 2 : 1);
    assertThat(find(log, new EventId("2")).isPresent()).isEqualTo(then == Then.KEPT);
    assertThat(append("3")).containsExactly(log.status().head());
  }

  @ParameterizedTest
  @EnumSource
  void theSameIsFoundOutOfWhatIsDelayed(Then then) {
    Instant at = clock.instant().plusSeconds(60);
    disk.failCommit(then);

    boolean kept = isKept(() -> Appends.defer(log, note("2", "a"), at));

    assertThat(kept).isEqualTo(then == Then.KEPT).isEqualTo(log.nextDue().isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void theSameIsFoundOutOfWhatIsCancelled(Then then) {
    Appends.defer(log, note("2", "a"), clock.instant().plusSeconds(60));
    disk.failCommit(then);

    boolean kept = isKept(() -> Appends.cancel(log, "2"));

    assertThat(kept).isEqualTo(then == Then.KEPT).isNotEqualTo(log.nextDue().isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void theSameIsFoundOutOfWhatIsDue(Then then) {
    Instant at = clock.instant().plusSeconds(60);
    Appends.defer(log, note("2", "a"), at);
    disk.failCommit(then);

    boolean kept = isKept(() -> Appends.deliverDue(log, at, 10));

    assertThat(kept).isEqualTo(then == Then.KEPT).isNotEqualTo(log.nextDue().isPresent());
    assertThat(readAll(log, 1, "*")).hasSize(kept ? 1 : 0);
  }

  @ParameterizedTest
  @EnumSource
  void theSameIsFoundOutOfAKey(Then then) {
    disk.failCommit(then);

    boolean kept = isKept(() -> Appends.result(log, Appends.once("key", "print", note("2", "a"))));

    assertThat(kept).isEqualTo(then == Then.KEPT);
    assertThat(Appends.result(log, Appends.once("key", "print", note("3", "a"))))
        .isInstanceOf(kept ? AppendResult.Repeated.class : AppendResult.Appended.class);
  }

  private static boolean isKept(Runnable commit) {
    try {
      commit.run();
      return true;
    } catch (LogUnavailableException refused) {
      return false;
    }
  }

  /** Who follows hears of what is known to be kept, and of a doubt only where it ends. */
  @ParameterizedTest
  @EnumSource
  void whoFollowsIsToldBehindWhatTheNextStands(Then then) {
    Heard heard = new Heard();
    log.tail(log.status().head(), heard);
    disk.failCommit(then);
    disk.goAway();
    isKept(() -> append("2"));
    disk.comeBack();

    append("3");

    assertThat(heard.ids()).containsExactly("3");
    assertThat(heard.after).containsExactly(then == Then.KEPT ? 2L : 1L);
  }

  /** What a sweep could not delete it deletes the next time, and counts it once. */
  @Test
  void retentionThatFailsIsEnforcedAgain() {
    log.close();
    RetentionRule two =
        new RetentionRule(
            matcherOf("a"), Optional.empty(), OptionalLong.of(2), OptionalLong.empty());
    log = open(new Retention(List.of(two), 1L << 30));
    append("2", "3", "4", "5");
    log.enforceRetention(clock.instant());
    append("6");
    // the third commit of a sweep is that of the rule
    for (int commit = 0; commit < 6; commit++) {
      disk.failCommit(Then.LOST, SQLiteErrorCode.SQLITE_FULL);
      try {
        log.enforceRetention(clock.instant());
      } catch (LogUnavailableException expected) {
        // the next one will do
      }
    }

    log.enforceRetention(clock.instant());

    assertThat(ids(log.read(0, filter("*"), 100, 1 << 20).items())).containsExactly("5", "6");
    assertThat(log.purge(new Topic("a"))).isEqualTo(2);
  }

  private static dev.allim.topic.TopicMatcher matcherOf(String topic) {
    return dev.allim.topic.TopicMatcher.parse(topic);
  }
}
