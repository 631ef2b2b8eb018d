package dev.allim.log.sqlite;

import static dev.allim.log.Notifications.many;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendRequest.Entry;
import dev.allim.log.AppendResult;
import dev.allim.log.Appends;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.append.DelayedNotification;
import dev.allim.log.append.IdempotencyRecord;
import dev.allim.log.append.SideRoom;
import dev.allim.log.retention.Retention;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteDriver;
import dev.allim.log.sqlite.file.SqliteFile;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.EventContext;
import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** The room beside the history, in a file. */
class SqliteSideRoomTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path directory;
  private final HandClock clock = new HandClock();

  private SqliteSettings settings(SideRoom beside, long maxBytes) {
    return new SqliteSettings(
        directory.resolve("allim.db"),
        Durability.MEMORY,
        new Retention(List.of(), maxBytes),
        beside,
        2);
  }

  private SqliteLog open(SideRoom beside) {
    return new SqliteLog(settings(beside, MEGABYTE), clock);
  }

  private Instant later() {
    return clock.instant().plusSeconds(60);
  }

  @Test
  void whatWaitsAndKeysCostNobodysHistory() {
    try (SqliteLog log = open(SideRoom.USUAL)) {
      Appends.append(log, many("n", 100, "a"));
      for (int i = 0; i < 80; i++) {
        String data = "x".repeat(MEGABYTE / 4);
        Notification large = Notification.of(new EventId("w" + i), new Topic("a"), data);
        assertThat(Appends.defer(log, large, later())).isInstanceOf(AppendResult.Appended.class);
        AppendRequest keyed =
            Appends.once("k" + i, "y".repeat(MEGABYTE / 8), note("keyed" + i, "a"));
        assertThat(Appends.result(log, keyed)).isInstanceOf(AppendResult.Appended.class);
      }

      log.enforceRetention(clock.instant());

      assertThat(readAll(log, 0, "*")).hasSize(180);
    }
  }

  /** What SQL counts at the start is what was counted before, to the byte. */
  @Test
  void whatIsTakenIsCountedAlikeAtTheNextStart() {
    Notification every =
        new Notification(
                new EventId("하나"),
                List.of(new Topic("a"), new Topic("b"), new Topic("c/알림")),
                Optional.of(new EventName("update")),
                "데이터",
                OptionalLong.empty(),
                Optional.of(new Key("열쇠")),
                Optional.empty())
            .inContext(new EventContext("{\"source\":\"/상점\"}"));
    String answer = "n";
    SideRoom exactly =
        SideRoom.of(
            List.of(new DelayedNotification(every, later())),
            List.of(new IdempotencyRecord("키", "print", answer, later())));
    try (SqliteLog log = open(exactly)) {
      Entry waits = Entry.of(every, later());
      assertThat(Appends.result(log, new AppendRequest(List.of(waits), Optional.empty())))
          .isInstanceOf(AppendResult.Appended.class);
      assertThat(Appends.result(log, Appends.once("키", "print", note(answer, "a"))))
          .isInstanceOf(AppendResult.Appended.class);
    }

    SqliteFile file =
        new SqliteFile(settings(exactly, MEGABYTE), SqliteDriver.SQLITE, session -> true);
    try (file) {
      SideRoom used = file.read(session -> new SqliteSideRoom(session).used());
      assertThat(used).isEqualTo(exactly);
    }
    try (SqliteLog again = open(exactly)) {
      assertThat(Appends.defer(again, note("over", "a"), later()))
          .isEqualTo(new AppendResult.NoRoom(AppendResult.Budget.DELAYED, exactly.delayed()));
    }
  }

  /** The file is opened anew, and counted, before the outcome of the commit is known. */
  @Test
  void aCommitInDoubtIsCountedOnce() {
    SideRoom one = SideRoom.of(new DelayedNotification(note("w0", "a"), later()));
    FailingDisk disk = new FailingDisk();
    SideRoom two = one.plus(one);
    try (SqliteLog log = new SqliteLog(settings(two, MEGABYTE), clock, disk)) {
      for (FailingDisk.Then then : FailingDisk.Then.values()) {
        disk.failCommit(then, SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        try {
          Appends.defer(log, note("w" + then.ordinal(), "a"), later());
        } catch (LogUnavailableException lost) {
          assertThat(then).isEqualTo(FailingDisk.Then.LOST);
        }
      }

      assertThat(Appends.defer(log, note("w2", "a"), later()))
          .isInstanceOf(AppendResult.Appended.class);
      assertThat(Appends.defer(log, note("w3", "a"), later()))
          .isInstanceOf(AppendResult.NoRoom.class);
    }
  }
}
