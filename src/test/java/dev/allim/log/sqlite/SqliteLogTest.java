package dev.allim.log.sqlite;

import static dev.allim.log.Locations.find;
import static dev.allim.log.Locations.truncatedUpTo;
import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.keyed;
import static dev.allim.log.Notifications.many;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.AppendResult;
import dev.allim.log.Appends;
import dev.allim.log.EventLogContract;
import dev.allim.log.LogEngine;
import dev.allim.log.SnapshotContract;
import dev.allim.log.append.SideRoom;
import dev.allim.log.retention.Retention;
import dev.allim.log.retention.RetentionRule;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.Accepted;
import dev.allim.notification.EventId;
import dev.allim.topic.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLogTest extends EventLogContract {
  @TempDir Path directory;

  @Override
  public LogEngine open(Clock clock) {
    return open(clock, "contract.db", Durability.MEMORY);
  }

  @Override
  public LogEngine open(SideRoom beside) {
    return new SqliteLog(
        new SqliteSettings(
            directory.resolve("beside.db"), Durability.MEMORY, Retention.unlimited(), beside, 2),
        clock);
  }

  private SqliteLog open(Clock clock, String name, Durability durability) {
    return new SqliteLog(
        new SqliteSettings(directory.resolve(name), durability, Retention.unlimited(), 2), clock);
  }

  @Test
  void everythingIsThereAfterARestart() {
    long head;
    try (SqliteLog log = open(clock, "restart.db", Durability.DISK)) {
      Appends.append(log, keyed("1", "a", "k"), note("2", "b", "a"));
      Appends.defer(log, note("later", "a"), clock.instant().plusSeconds(60));
      Appends.append(log, note("3", "purged"));
      Appends.result(log, Appends.once("key", "print", note("4", "b")));
      log.purge(new Topic("purged"));
      head = log.status().head();
    }

    try (SqliteLog log = open(clock, "restart.db", Durability.DISK)) {
      assertThat(log.status().head()).isEqualTo(head);
      assertThat(readAll(log, 0, "a")).containsExactly("1", "2");
      assertThat(truncatedUpTo(log, filter("purged"))).isEqualTo(head - 1);
      assertThat(Appends.result(log, Appends.once("key", "print", note("5", "b"))))
          .isEqualTo(new AppendResult.Repeated(List.of(Accepted.now(new EventId("4")))));
      assertThat(Appends.append(log, note("6", "a"))[0]).isGreaterThan(head);
      Appends.deliverDue(log, clock.instant().plusSeconds(60), 5);
      assertThat(readAll(log, 0, "a")).containsExactly("1", "2", "6", "later");
    }
  }

  @Test
  void aStateThatIsTooLargeForLeapsIsReadAllTheSame() {
    try (SqliteLog log = open(clock, "large.db", Durability.MEMORY)) {
      SnapshotContract.assertThatAStateIsReadPageByPage(log, SqliteSkipScan.MOST + 10);
    }
  }

  @Test
  void theDirectoryIsMade() {
    Path deep = Path.of("some", "where", "allim.db");
    try (SqliteLog log = open(clock, deep.toString(), Durability.DISK)) {
      assertThat(log.durable()).isTrue();
      assertThat(Files.exists(directory.resolve(deep))).isTrue();
    }
  }

  @Test
  void ofTooManyTopicsItKnowsThatSomethingWasForgotten() {
    RetentionRule none = RetentionRule.count(filter("*").matchers().iterator().next(), 0);
    Retention retention = new Retention(List.of(none), Long.MAX_VALUE);
    SqliteSettings settings =
        new SqliteSettings(directory.resolve("marks.db"), Durability.MEMORY, retention, 1);
    try (SqliteLog log = new SqliteLog(settings, clock)) {
      Appends.append(
          log,
          many("n", SqliteTruncationMarks.MOST + 10, "t").stream()
              .map(each -> note(each.id().value(), "topic/" + each.id()))
              .toList());
      log.enforceRetention(clock.instant());

      assertThat(readAll(log, 0, "*")).isEmpty();
      assertThat(truncatedUpTo(log, filter("never"))).isBetween(1L, log.status().head() - 1);
      assertThat(truncatedUpTo(log, filter("topic/n" + (SqliteTruncationMarks.MOST + 9))))
          .isEqualTo(log.status().head());
      assertThat(find(log, new EventId("n0"))).isEmpty();
    }
  }
}
