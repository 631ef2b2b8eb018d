package dev.allim.log.sqlite;

import dev.allim.log.append.AppendBatch;
import dev.allim.log.append.DelayedNotification;
import dev.allim.log.append.IdempotencyRecord;
import dev.allim.log.append.SideRoom;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
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

  private static final String SIZE =
      "SELECT SUM(%1$s + (%1$s) / " + SideRoom.AN_EIGHTH + " + " + SideRoom.A_ROW + ") FROM ";

  /** As {@link SideRoom} counts them. */
  private static final String DELAYED_BYTES =
      SIZE.formatted(
              "octet_length(id) + octet_length(topic) + octet_length(data)"
                  + " + COALESCE(octet_length(alternates) + 1, 0)"
                  + " + COALESCE(octet_length(event), 0) + COALESCE(octet_length(key), 0)"
                  + " + COALESCE(octet_length(trace), 0) + COALESCE(octet_length(context), 0)")
          + "deferred";

  private static final String KEYS_BYTES =
      SIZE.formatted("octet_length(key) + octet_length(fingerprint) + octet_length(answer)")
          + "receipt";

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

  /** What all of it takes. */
  SideRoom used() throws SQLException {
    return new SideRoom(
        session.number(DELAYED_BYTES).orElse(0), session.number(KEYS_BYTES).orElse(0));
  }

  /** What a batch is going to take away, or to replace. */
  SideRoom goesWith(AppendBatch batch) throws SQLException {
    long delayed = 0;
    for (EventId id : batch.due()) {
      delayed += session.number(DELAYED_BYTES + " WHERE id = ?", id.value()).orElse(0);
    }
    long keys = 0;
    for (IdempotencyRecord replaced : batch.receipts()) {
      keys += session.number(KEYS_BYTES + " WHERE key = ?", replaced.key()).orElse(0);
    }
    return new SideRoom(delayed, keys);
  }

  /** Deletes keys that have expired, at most so many; what they took. */
  SideRoom deleteExpiredKeys(long now, int most) throws SQLException {
    String expired = " WHERE key IN (SELECT key FROM receipt WHERE expires <= ? LIMIT ?)";
    long bytes = session.number(KEYS_BYTES + expired, now, most).orElse(0);
    session.update("DELETE FROM receipt" + expired, now, most);
    return new SideRoom(0, bytes);
  }

  boolean isPending(EventId id) throws SQLException {
    return session.number("SELECT 1 FROM deferred WHERE id = ?", id.value()).isPresent();
  }

  /** What waits with this id. */
  Optional<Notification> pending(EventId id) throws SQLException {
    List<Notification> found = new ArrayList<>();
    session.query(
        row -> found.add(SqliteRows.read(row, 1)),
        "SELECT " + SqliteRows.COLUMNS + " FROM deferred WHERE id = ?",
        id.value());
    return found.stream().findFirst();
  }

  Optional<IdempotencyRecord> receipt(String key, Instant now) throws SQLException {
    List<IdempotencyRecord> found = new ArrayList<>();
    session.query(
        row ->
            found.add(
                new IdempotencyRecord(
                    key, row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)))),
        "SELECT fingerprint, answer, expires FROM receipt WHERE key = ? AND expires > ?",
        key,
        now.toEpochMilli());
    return found.stream().findFirst();
  }
}
