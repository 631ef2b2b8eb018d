package dev.allim.log.sqlite;

import dev.allim.log.append.DelayedNotification;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what waits for its time. */
final class SqliteDelayed {
  private static final String DUE =
      "SELECT due, "
          + SqliteRows.COLUMNS
          + " FROM deferred WHERE due <= ? ORDER BY due, number LIMIT ?";

  private static final String BYTES =
      SqliteSideRoom.bytes(
              "octet_length(id) + octet_length(topic) + octet_length(data)"
                  + " + COALESCE(octet_length(alternates) + 1, 0)"
                  + " + COALESCE(octet_length(event), 0) + COALESCE(octet_length(key), 0)"
                  + " + COALESCE(octet_length(trace), 0) + COALESCE(octet_length(context), 0)")
          + " FROM deferred";

  private final SqlSession session;

  SqliteDelayed(SqlSession session) {
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

  /** What waits with this id. */
  Optional<Notification> pending(EventId id) throws SQLException {
    List<Notification> found = new ArrayList<>();
    session.query(
        row -> found.add(SqliteRows.read(row, 1)),
        "SELECT " + SqliteRows.COLUMNS + " FROM deferred WHERE id = ?",
        id.value());
    return found.stream().findFirst();
  }

  /** What all of it takes. */
  long bytes() throws SQLException {
    return session.number(BYTES).orElse(0);
  }

  /** What the one with this id takes, 0 if none waits. */
  long bytes(EventId id) throws SQLException {
    return session.number(BYTES + " WHERE id = ?", id.value()).orElse(0);
  }
}
