package dev.allim.log.sqlite;

import dev.allim.log.DelayedNotification;
import dev.allim.log.IdempotencyRecord;
import dev.allim.notification.EventId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what waits for its time, and receipts. */
final class SqliteAgenda {
  private static final String DUE =
      "SELECT due, "
          + SqliteRows.COLUMNS
          + " FROM deferred WHERE due <= ? ORDER BY due, number LIMIT ?";

  private final SqlSession session;

  SqliteAgenda(SqlSession session) {
    this.session = session;
  }

  List<DelayedNotification> dueBy(Instant now, int most) throws SQLException {
    List<DelayedNotification> due = new ArrayList<>();
    session.query(
        row ->
            due.add(
                new DelayedNotification(
                    SqliteRows.read(row, 2), Instant.ofEpochMilli(row.getLong(1)))),
        DUE,
        now.toEpochMilli(),
        most);
    return due;
  }

  Optional<Instant> nextDue() throws SQLException {
    return session.number("SELECT MIN(due) FROM deferred").stream()
        .mapToObj(Instant::ofEpochMilli)
        .findFirst();
  }

  boolean isPending(EventId id) throws SQLException {
    return session.number("SELECT 1 FROM deferred WHERE id = ?", id.value()).isPresent();
  }

  Optional<IdempotencyRecord> receipt(String key, Instant now) throws SQLException {
    List<IdempotencyRecord> found = new ArrayList<>();
    session.query(
        row ->
            found.add(
                new IdempotencyRecord(
                    key,
                    row.getString(1),
                    row.getString(2),
                    row.getBoolean(3),
                    Instant.ofEpochMilli(row.getLong(4)))),
        "SELECT fingerprint, answer, later, expires FROM receipt WHERE key = ? AND expires > ?",
        key,
        now.toEpochMilli());
    return found.stream().findFirst();
  }
}
