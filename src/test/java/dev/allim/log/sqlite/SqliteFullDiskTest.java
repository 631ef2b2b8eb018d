package dev.allim.log.sqlite;

import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.allim.log.Appends;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.retention.Retention;
import dev.allim.log.retention.RetentionRule;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.HandClock;
import dev.allim.testing.SmallDisk;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full. */
class SqliteFullDiskTest {
  private static final int MEGABYTES = 128;
  private static final int OF_ANOTHER_PROGRAM = 64;
  private static final String DATA = "x".repeat(100_000);

  @TempDir Path root;
  private final HandClock clock = new HandClock();
  // empty where the test is skipped
  private final List<SmallDisk> mounted = new ArrayList<>();
  private final List<SqliteLog> opened = new ArrayList<>();
  private SmallDisk disk;
  private SqliteLog log;

  @BeforeEach
  void openLog() {
    disk = SmallDisk.mountedAt(root, MEGABYTES);
    mounted.add(disk);
    log = open();
  }

  @AfterEach
  void closeLog() {
    opened.forEach(SqliteLog::close);
    mounted.forEach(SmallDisk::close);
  }

  private SqliteLog open() {
    RetentionRule hour = RetentionRule.age(TopicMatcher.parse("*"), Duration.ofHours(1));
    Retention retention = new Retention(List.of(hour), Long.MAX_VALUE);
    SqliteLog next =
        new SqliteLog(
            new SqliteSettings(disk.resolve("data/allim.db"), Durability.MEMORY, retention, 2),
            clock);
    opened.add(next);
    return next;
  }

  private void append(String id, String topic) {
    Appends.append(log, List.of(Notification.of(new EventId(id), new Topic(topic), DATA)));
  }

  private void assertFull() {
    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(() -> append("no more", "a"))
        .withMessageContaining("full");
  }

  /** How many were kept, half of them under each of two topics. */
  private int fillUp() {
    int kept = 0;
    try {
      while (true) {
        append("n" + kept, kept % 2 == 0 ? "a" : "b");
        kept++;
      }
    } catch (LogUnavailableException full) {
      disk.fill();
      assertFull();
      return kept;
    }
  }

  private void startAgain() {
    log.close();
    disk.fill();
    log = open();
  }

  @Test
  void aStartOnAFullDiskServesReadersAndRefusesPublishersUntilThereIsRoom() {
    disk.take(OF_ANOTHER_PROGRAM);
    int kept = fillUp();

    startAgain();

    assertThat(readAll(log, 0, "*")).hasSize(kept);
    disk.fill();
    assertFull();
    disk.empty();
    assertThatNoException().isThrownBy(log::probe);
    append("again", "a");
  }

  @Test
  void deletingMakesRoomOnAFullDisk() {
    log.enforceRetention(clock.instant());
    int kept = fillUp();

    assertThat(log.purge(new Topic("a"))).isEqualTo((kept + 1) / 2);

    assertPublishingGoesOn(kept / 2);
  }

  @Test
  void deletingMakesRoomOnAFullDiskAlsoAfterAStart() {
    log.enforceRetention(clock.instant());
    int kept = fillUp();
    startAgain();

    assertThat(log.purge(new Topic("a"))).isEqualTo((kept + 1) / 2);

    assertPublishingGoesOn(kept / 2);
  }

  @Test
  void retentionMakesRoomOnAFullDiskAndTakesItsReserveAgain() {
    log.enforceRetention(clock.instant());
    fillUp();
    clock.advance(Duration.ofHours(2));

    log.enforceRetention(clock.instant());

    assertThat(disk.resolve("data/allim.db-reserve")).hasSize(MEGABYTES * (1L << 20) / 8);
    assertPublishingGoesOn(0);
  }

  /** As much as before, not only until what is free in the file is used up. */
  private void assertPublishingGoesOn(int kept) {
    assertThatNoException().isThrownBy(log::probe);
    int more = 100;
    for (int i = 0; i < more; i++) {
      append("again" + i, "c");
    }
    assertThat(readAll(log, 0, "*")).hasSize(kept + more);
  }

  /** A reader of long ago holds the write-ahead log, and with it the room. */
  @Test
  void deletingOnAFullDiskGoesOnBesideReaders() {
    log.enforceRetention(clock.instant());
    int kept = fillUp();
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                readAll(log, 0, "b");
              }
            });

    assertThat(log.purge(new Topic("a"))).isEqualTo((kept + 1) / 2);

    over.set(true);
    reader.join();
    assertPublishingGoesOn(kept / 2);
  }

  /** What another program leaves is not enough to say that publishing goes on. */
  @Test
  void aLittleRoomIsNotCalledRoom() {
    log.enforceRetention(clock.instant());
    disk.take(OF_ANOTHER_PROGRAM);
    fillUp();
    assertThat(log.status().writable()).isFalse();

    disk.leave(1);

    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(log::probe)
        .withMessageContaining("Little room");
    disk.empty();
    assertThatNoException().isThrownBy(log::probe);
  }
}
