package dev.allim.log.sqlite;

import dev.allim.log.LogStart;
import dev.allim.log.retention.IdFilter;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.topic.Audience;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds notifications by their ids, and remembers which given ids were another notification's
 * before, as far as that can be told: what has left the file has left traces.
 */
final class SqliteIds {
  private final SqlSession session;

  SqliteIds(SqlSession session) {
    this.session = session;
  }

  /** The table as chunks of a filter. */
  private record Chunks(SqlSession session) implements IdFilter.Store<SQLException> {
    private static final byte[] NONE = {};

    @Override
    public byte[] read(int number) throws SQLException {
      byte[][] found = {NONE};
      session.query(
          row -> {
            found[0] = row.getBytes(1);
            return false;
          },
          "SELECT bits FROM gone_id WHERE chunk = ?",
          number);
      return found[0];
    }

    @Override
    public void write(int number, byte[] chunk) throws SQLException {
      session.update("INSERT OR REPLACE INTO gone_id (chunk, bits) VALUES (?, ?)", number, chunk);
    }
  }

  /** See {@link LogStart.After}. */
  OptionalLong find(EventId id) throws SQLException {
    return session.number(
        "SELECT position FROM event WHERE id = ?"
            + " AND NOT EXISTS (SELECT 1 FROM doubtful WHERE doubtful.position = event.position)",
        id.value());
  }

  /** Whether what has this id is private and not for this audience. */
  boolean isHidden(EventId id, Audience audience) throws SQLException {
    boolean[] hidden = {false};
    session.query(
        row -> {
          hidden[0] = !audience.maySee(SqliteRows.addressed(row, 1));
          return false;
        },
        "SELECT " + SqliteRows.ADDRESSED + " FROM event WHERE id = ?",
        id.value());
    return hidden[0];
  }

  boolean isKept(EventId id) throws SQLException {
    return session.number("SELECT 1 FROM event WHERE id = ?", id.value()).isPresent();
  }

  /** Whether any that is kept may not be the first with its id. */
  boolean anyDoubtful() throws SQLException {
    return session.number("SELECT 1 FROM doubtful LIMIT 1").isPresent();
  }

  /** They begin to be kept, from {@code first} on; whether any of them is not surely the first. */
  boolean kept(List<Notification> notifications, long first) throws SQLException {
    boolean given = notifications.stream().anyMatch(one -> !one.id().isMadeByHub());
    if (!given || session.number("SELECT 1 FROM gone_id LIMIT 1").isEmpty()) {
      return false;
    }
    IdFilter<SQLException> gone = new IdFilter<>(new Chunks(session), 1);
    boolean doubtful = false;
    for (int i = 0; i < notifications.size(); i++) {
      EventId id = notifications.get(i).id();
      if (!id.isMadeByHub() && gone.mayHold(id)) {
        session.update("INSERT INTO doubtful (position) VALUES (?)", first + i);
        doubtful = true;
      }
    }
    return doubtful;
  }

  /** It is kept no more; its traces may take so much room. */
  void gone(EventId id, long position, int generations) throws SQLException {
    if (!id.isMadeByHub()) {
      session.update("DELETE FROM doubtful WHERE position = ?", position);
      new IdFilter<>(new Chunks(session), generations).add(id);
    }
  }
}
