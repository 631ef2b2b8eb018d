package dev.allim.log.sqlite;

import dev.allim.notification.EventId;
import dev.allim.topic.Topic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a few notifications within a transaction that is open, and leaves marks of them, unless
 * they had expired. The one way in which anything leaves the log.
 */
final class SqliteDeletion {
  /** Rows in one transaction: a few milliseconds, for which publishers wait. */
  static final int MOST = 500;

  /** The columns that {@link Row} is read from. */
  static final String COLUMNS =
      "position, published, topic, alternates, expires,"
          + " octet_length(id) + octet_length(topic) + octet_length(data), id";

  private final SqlSession session;
  private final long now;
  private final int idGenerations;

  /** A deletion at {@code now}; the ids that go may leave traces in so many generations. */
  SqliteDeletion(SqlSession session, long now, int idGenerations) {
    this.session = session;
    this.now = now;
    this.idGenerations = idGenerations;
  }

  /** What has to be known of a notification to let it go. */
  record Row(
      long position,
      long published,
      List<Topic> topics,
      OptionalLong expires,
      long bytes,
      EventId id) {
    static Row read(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          row.getLong(2),
          SqliteRows.topics(row.getString(3), SqliteRows.text(row, 4)),
          SqliteRows.number(row, 5),
          row.getLong(6),
          new EventId(row.getString(7)));
    }

    Topic canonicalTopic() {
      return topics.get(0);
    }
  }

  /** Up to {@link #MOST} rows of {@code event} for which {@code condition} holds. */
  List<Row> select(String condition, @Nullable Object... parameters) throws SQLException {
    List<Row> rows = new ArrayList<>();
    session.query(
        row -> rows.add(Row.read(row)),
        "SELECT %s FROM event WHERE %s LIMIT %d".formatted(COLUMNS, condition, MOST),
        parameters);
    return rows;
  }

  /** Deletes them. */
  void delete(List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    new SqlitePositions(session).rememberHead();
    for (Row row : rows) {
      delete(row);
    }
  }

  private void delete(Row row) throws SQLException {
    session.update("DELETE FROM event WHERE position = ?", row.position());
    new SqliteIds(session).gone(row.id(), row.position(), idGenerations);
    for (Topic alternate : row.topics().subList(1, row.topics().size())) {
      session.update(
          "DELETE FROM event_alternate WHERE topic = ? AND position = ?",
          alternate.name(),
          row.position());
    }
    if (row.expires().isEmpty() || row.expires().getAsLong() > now) {
      new SqliteTruncationMarks(session).mark(row.topics(), row.position(), row.published());
    }
  }
}
