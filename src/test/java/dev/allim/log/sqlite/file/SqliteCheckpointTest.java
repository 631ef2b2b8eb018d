package dev.allim.log.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.log.retention.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who writes the write-ahead log back, and when. */
class SqliteCheckpointTest {
  private static final long LARGE = 1000;

  @TempDir Path directory;

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger back = new AtomicInteger();
  private final AtomicInteger beside = new AtomicInteger();

  private SqliteCheckpoint checkpoint() {
    return checkpoint(Durability.MEMORY);
  }

  private SqliteCheckpoint checkpoint(Durability durability) {
    return new SqliteCheckpoint(
        settings("history.db", durability),
        LARGE,
        () -> back.incrementAndGet() > 0,
        () -> beside.incrementAndGet() > 0,
        now::get);
  }

  private SqliteSettings settings(String name, Durability durability) {
    return new SqliteSettings(
        directory.resolve(name), durability, Retention.unlimited(), SqliteSettings.READERS);
  }

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void whatCameInHalfASecondIsWrittenBackBesideCommits() {
    try (SqliteCheckpoint checkpoint = checkpoint()) {
      pass(499);
      checkpoint.written();
      pass(1);
      assertThat(beside).hasValue(0);
      checkpoint.written();
      await().untilAsserted(() -> assertThat(beside).hasValue(1));
    }
    assertThat(back).hasValue(0);
  }

  @Test
  void whereEachCommitFlushesNobodyFlushesBesideIt() throws IOException {
    try (SqliteCheckpoint checkpoint = checkpoint(Durability.DISK)) {
      pass(1000);
      checkpoint.written();
      Files.write(directory.resolve("history.db-wal"), new byte[(int) LARGE + 1]);
      await()
          .untilAsserted(
              () -> {
                checkpoint.written();
                assertThat(back).hasPositiveValue();
              });
    }
    assertThat(beside).hasValue(0);
  }

  @Test
  void whatIsLargeIsBegunAnewInstead() throws IOException {
    Files.write(directory.resolve("history.db-wal"), new byte[(int) LARGE + 1]);
    try (SqliteCheckpoint checkpoint = checkpoint()) {
      pass(1000);
      checkpoint.written();
      await().untilAsserted(() -> assertThat(back).hasValue(1));
    }
    assertThat(beside).hasValue(0);
  }

  @Test
  void aFileWhoseCommitsAreNotFlushedIsWrittenBackLongBeforeSqliteWouldDoItItself() {
    Path path = directory.resolve("real.db");
    try (SqliteFile file =
        new SqliteFile(
            settings("real.db", Durability.MEMORY),
            SqliteDriver.SQLITE,
            session -> session.update("CREATE TABLE IF NOT EXISTS some (text TEXT)"))) {
      long before = path.toFile().length();
      await()
          .pollInterval(Duration.ofMillis(20))
          .untilAsserted(
              () -> {
                file.write(
                    session -> session.update("INSERT INTO some VALUES (?)", "x".repeat(5000)));
                assertThat(path.toFile().length()).isGreaterThan(before);
              });
    }
  }
}
