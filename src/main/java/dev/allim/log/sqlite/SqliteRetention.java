package dev.allim.log.sqlite;

import dev.allim.log.LogEngine;
import dev.allim.log.append.SideBudget;
import dev.allim.log.append.SideRoom;
import dev.allim.log.retention.Retention;
import dev.allim.log.retention.RetentionUsage;
import dev.allim.log.sqlite.SqliteDeletion.Row;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.log.sqlite.file.SqliteFile;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets go what is not to be kept, in steps of one small transaction each, between which the lock of
 * writing goes to whoever waits for it longest.
 */
final class SqliteRetention {
  /** Free pages that are left in the file for the next to come, at least: 16 MiB. */
  private static final long SPARE_PAGES = 4_096;

  /** Of the file, so many parts make what is left free in it, at least. */
  private static final int SPARE_PART = 4;

  private final SqliteFile file;
  private final SqliteRoom room;
  private final Retention retention;
  private final RetentionUsage usage;
  private final SqliteRules rules;
  private final SideBudget beside;
  private volatile long earliest;

  /** Follows what was appended to a file. */
  SqliteRetention(SqliteAppends appends, Retention retention) {
    this.beside = appends.budget();
    this.file = appends.file();
    this.room = appends.room();
    this.retention = retention;
    this.usage = new RetentionUsage(retention.rules().size());
    this.rules = new SqliteRules(retention, usage, appends.head());
    lookForTheOldest();
  }

  /** One below the oldest that was kept when something was let go last. Never blocks. */
  long earliest() {
    return earliest;
  }

  private void lookForTheOldest() {
    earliest =
        file.lookUp(
            session -> {
              SqlitePositions positions = new SqlitePositions(session);
              return positions.earliest(positions.head());
            });
  }

  /** Books what was appended. */
  void appended(List<Notification> notifications) {
    if (rules.areCounted()) {
      for (Notification notification : notifications) {
        usage.book(retention.ruleFor(notification.canonicalTopic()), 1, bytes(notification));
      }
    }
  }

  private static long bytes(Notification notification) {
    return utf8(notification.id().value())
        + utf8(notification.canonicalTopic().name())
        + utf8(notification.data());
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** See {@link LogEngine#enforceRetention}. */
  void enforceRetention(Instant now) {
    try {
      letGo(now.toEpochMilli());
      lookForTheOldest();
      giveBackPages();
    } finally {
      room.restore();
    }
  }

  private void letGo(long millis) {
    repeat(() -> delete(millis, "expires <= ?", millis) > 0);
    repeat(() -> expiredKeys(millis));
    repeat(() -> rules.book(file.write(rules::uncounted)));
    for (int rule = 0; rule < retention.rules().size(); rule++) {
      int each = rule;
      repeat(
          () ->
              rules.passed(room.make(session -> rules.apply(session, each, millis, room.rows()))));
    }
    repeat(() -> isOverCap() && delete(millis, "TRUE ORDER BY position") > 0);
    room.make(
        session -> {
          new SqliteTruncationMarks(session).fold();
          return 0;
        });
  }

  /** Deletes all under one canonical topic up to {@code head}; how many. */
  int purge(Topic topic, Instant now, long head) {
    try {
      int purged =
          deleteAll(now, "topic = ? AND key IS NULL AND position <= ?", topic.name(), head)
              + deleteAll(
                  now, "topic = ? AND key IS NOT NULL AND position <= ?", topic.name(), head);
      lookForTheOldest();
      return purged;
    } finally {
      room.restore();
    }
  }

  /** Deletes what is kept at these positions; how many. */
  int delete(List<Long> positions, Instant now) {
    try {
      int deleted =
          deleteAll(now, "position IN (SELECT value FROM json_each(?))", positions.toString());
      lookForTheOldest();
      return deleted;
    } finally {
      room.restore();
    }
  }

  private int deleteAll(Instant now, String condition, Object... parameters) {
    int deleted = 0;
    int step;
    do {
      step = delete(now.toEpochMilli(), condition, parameters);
      deleted += step;
    } while (step > 0);
    return deleted;
  }

  /** Until a step had nothing more to do. */
  private static void repeat(BooleanSupplier step) {
    boolean more = true;
    while (more) {
      more = step.getAsBoolean();
    }
  }

  private boolean expiredKeys(long now) {
    int[] counted = new int[1];
    SideRoom gone =
        room.make(
            session -> {
              counted[0] = beside.counted();
              return new SqliteReceipts(session).deleteExpired(now, room.rows());
            });
    beside.book(SideRoom.NONE, gone, counted[0]);
    return gone.keys() > 0;
  }

  /** What is kept beside the history has budgets of its own: no event goes for it. */
  private boolean isOverCap() {
    return file.onWriter(
        session -> {
          long used = pages(session, "page_count") - pages(session, "freelist_count");
          long pageBytes = pages(session, "page_size");
          return used - beside.used().bytes() / pageBytes > retention.maxBytes() / pageBytes;
        });
  }

  /** Takes from the books only what is gone for good: a disk may fail until the very end. */
  private int delete(long now, String condition, @Nullable Object... parameters) {
    List<Row> gone =
        room.make(
            session -> {
              SqliteDeletion deletion =
                  new SqliteDeletion(session, now, room.rows(), retention.idGenerations());
              List<Row> rows = deletion.select(condition, parameters);
              deletion.delete(rows);
              return rows;
            });
    rules.unbook(gone);
    return gone.size();
  }

  /** What was freed is filled again; only where it is much does the file shrink. */
  private void giveBackPages() {
    boolean more = true;
    while (more) {
      more =
          room.make(
              session -> {
                long free = pages(session, "freelist_count");
                return free >= SPARE_PAGES
                    && free >= pages(session, "page_count") / SPARE_PART
                    && room.giveBackPages(session);
              });
    }
  }

  private static long pages(SqlSession session, String pragma) throws SQLException {
    return session.number("PRAGMA " + pragma).orElse(0);
  }
}
