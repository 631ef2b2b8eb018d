package dev.allim.log.sqlite;

import static dev.allim.log.Locations.find;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.allim.log.Appends;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.Notifications;
import dev.allim.log.retention.Retention;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a file while it is used, and that it passes. */
class SqliteFaultsTest {
  private static final String MEGABYTE = "x".repeat(1 << 20);

  @TempDir Path root;
  private final HandClock clock = new HandClock();
  private Path directory;
  private SqliteLog log;

  @BeforeEach
  void openLog() {
    directory = root.resolve("data");
    Retention small = new Retention(List.of(), 1 << 20);
    log =
        new SqliteLog(
            new SqliteSettings(directory.resolve("allim.db"), Durability.MEMORY, small, 2), clock);
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  private void append(String id) {
    Appends.append(log, List.of(note(id, "a")));
  }

  private static void assertUnavailable(ThrowingCallable action, String words) {
    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(action)
        .withMessageContaining(words);
  }

  @Test
  void aDirectoryThatWasMovedAwayIsMissedUntilItIsBack() throws IOException {
    append("1");
    Path elsewhere = root.resolve("elsewhere");
    Files.move(directory, elsewhere);

    assertUnavailable(() -> append("2"), "not there any more");
    assertUnavailable(log::probe, "not there any more");
    assertUnavailable(() -> log.read(0, Notifications.filter("*"), 1, 1), "not there any more");

    Files.move(elsewhere, directory);
    append("3");
    assertThat(readAll(log, 0, "*")).containsExactly("1", "3");
  }

  @Test
  void aFileThatWasDeletedIsNotQuietlyReplaced() throws IOException {
    append("1");
    Files.delete(directory.resolve("allim.db"));

    assertUnavailable(() -> append("2"), "restart the program to begin a new one");
    assertThat(directory.resolve("allim.db")).doesNotExist();
  }

  @Test
  void aFileThatAnotherProgramHasLockedIsWaitedForAndThenRefused() throws SQLException {
    append("1");
    try (Connection other = DriverManager.getConnection(url());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");

      assertUnavailable(() -> append("2"), "locked by another program");
      assertThat(readAll(log, 0, "*")).containsExactly("1");

      statement.execute("ROLLBACK");
    }
    append("3");
    assertThat(readAll(log, 0, "*")).containsExactly("1", "3");
  }

  private String url() {
    return "jdbc:sqlite:" + directory.resolve("allim.db");
  }

  @Test
  void aFullDiskRefusesWholeBatchesUntilThereIsRoom() {
    fillUp();
    long head = log.status().head();

    assertUnavailable(() -> append("more", "even more"), "full");
    assertThat(log.status().head()).isEqualTo(head);
    assertThat(find(log, new EventId("more"))).isEmpty();
    assertThat(readAll(log, head - 1, "*")).hasSize(1);

    log.enforceRetention(clock.instant());
    append("more", "even more");
    assertThat(readAll(log, head, "*")).containsExactly("more", "even more");
  }

  /** A small one still fits: that it can be written would be said and taken back each second. */
  @Test
  void aNearlyFullDiskIsNotCalledWritableAgain() {
    fillUp();
    append("a small one");

    assertUnavailable(log::probe, "Little room is left");

    log.enforceRetention(clock.instant());
    assertThatNoException().isThrownBy(log::probe);
  }

  private void append(String... ids) {
    Appends.append(log, List.of(ids).stream().map(SqliteFaultsTest::large).toList());
  }

  private static Notification large(String id) {
    return Notification.of(new EventId(id), new Topic("a"), MEGABYTE);
  }

  private void fillUp() {
    assertUnavailable(
        () -> {
          for (int i = 0; i < 1_000; i++) {
            Appends.append(log, List.of(large("n" + i)));
          }
        },
        "full");
  }

  @Test
  void aClosedLogSaysSo() {
    log.close();

    assertUnavailable(() -> append("1"), "closed");
    assertThatNoException().isThrownBy(log::close);
  }
}
