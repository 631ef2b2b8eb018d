package dev.allim.log.sqlite;

import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.Appends;
import dev.allim.log.Page;
import dev.allim.log.retention.Retention;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteDriver;
import dev.allim.log.sqlite.file.SqliteFile;
import dev.allim.log.sqlite.file.SqliteReserve;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.testing.HandClock;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads keeps nobody from writing, and the write-ahead log stays small. */
class SqliteReadingTest {
  private static final int READERS = 2;
  private static final int MEGABYTE = 1 << 20;
  private static final String LONG = "ab".repeat(490);

  /** Some milliseconds of work in which the file is read. */
  private static final String COUNT =
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
      SELECT COUNT(*) + (SELECT COUNT(*) FROM meta) FROM n
      """;

  @TempDir Path directory;

  private SqliteSettings settings() {
    return new SqliteSettings(
        directory.resolve("allim.db"), Durability.MEMORY, Retention.unlimited(), READERS);
  }

  private SqliteFile file() {
    return new SqliteFile(settings(), SqliteDriver.SQLITE, session -> 0);
  }

  @Test
  void whatTheWriterHasToKnowDoesNotWaitForReaders() throws Exception {
    try (SqliteFile file = file()) {
      CountDownLatch reading = new CountDownLatch(READERS);
      CountDownLatch done = new CountDownLatch(1);
      List<CompletableFuture<Boolean>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(
            CompletableFuture.supplyAsync(() -> file.read(session -> hold(reading, done)), run()));
      }
      assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

      CompletableFuture<Boolean> writer =
          CompletableFuture.supplyAsync(
              () -> file.lookUp(session -> new SqliteDelayed(session).nextDue().isEmpty()), run());

      assertThat(writer.get(10, TimeUnit.SECONDS)).isTrue();
      done.countDown();
      readers.forEach(CompletableFuture::join);
    }
  }

  private static java.util.concurrent.Executor run() {
    return task -> {
      Thread thread = new Thread(task, "reading");
      thread.setDaemon(true);
      thread.start();
    };
  }

  private static boolean hold(CountDownLatch reading, CountDownLatch done) {
    reading.countDown();
    try {
      return done.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void aPageThatIsDearToFindIsShortAndGoesOn() {
    String[] dear =
        IntStream.range(0, 30)
            .mapToObj(i -> "{+a}a{+b}b{+c}a{+d}b{+e}a{+f}%d{+g}".formatted(i))
            .toArray(String[]::new);
    try (SqliteLog log = new SqliteLog(settings(), new HandClock())) {
      Appends.append(
          log, IntStream.range(0, 500).mapToObj(i -> note("n" + i, "t" + i + LONG)).toList());

      Page first = log.read(0, filter(dear), 100, 1 << 20);

      assertThat(first.complete()).isFalse();
      assertThat(first.upTo()).isBetween(1L, 400L);
      Page page = first;
      while (!page.complete()) {
        page = log.read(page.upTo(), filter(dear), 100, 1 << 20);
      }
      assertThat(page.upTo()).isEqualTo(500);
    }
  }

  @Test
  void theWriteAheadLogStaysSmallWhileSomebodyAlwaysReads() {
    try (SqliteFile file = file()) {
      file.write(session -> session.update("CREATE TABLE filler (x TEXT)"));
      AtomicBoolean over = new AtomicBoolean();
      List<CompletableFuture<Void>> readers = new ArrayList<>();
      for (int i = 0; i < 2 * READERS; i++) {
        readers.add(CompletableFuture.runAsync(() -> readUntil(over, file), run()));
      }
      long written = 0;
      for (int i = 0; i < 100; i++) {
        written += MEGABYTE;
        file.write(
            session -> session.update("INSERT INTO filler VALUES (?)", "x".repeat(MEGABYTE)));
        awaitSmallWriteAheadLog();
      }
      assertThat(written).isGreaterThan(2 * SqliteReserve.MOST_BYTES);
      over.set(true);
      readers.forEach(CompletableFuture::join);
    }
  }

  /** It is written back although readers go on, within the time that those of one moment take. */
  private void awaitSmallWriteAheadLog() {
    File writeAheadLog = directory.resolve("allim.db-wal").toFile();
    long start = System.nanoTime();
    while (writeAheadLog.length() > SqliteReserve.MOST_BYTES + 4 * MEGABYTE) {
      assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(30).toNanos());
      Thread.onSpinWait();
    }
  }

  private static void readUntil(AtomicBoolean over, SqliteFile file) {
    while (!over.get()) {
      file.read(session -> session.inSnapshot(reading -> reading.number(COUNT)));
    }
  }
}
