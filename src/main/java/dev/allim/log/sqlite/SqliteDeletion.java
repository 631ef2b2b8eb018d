package dev.allim.log.sqlite;

import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.notification.EventId;
import dev.allim.topic.Addressed;
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

  /** Bytes in one transaction, about. */
  static final long MOST_BYTES = 8L << 20;

  /** The columns that {@link Row} is read from. */
  static final String COLUMNS =
      "position, published, topic, alternates, expires,"
          + " octet_length(id) + octet_length(topic) + octet_length(data), id, private";

  private final SqlSession session;
  private final long now;
  private final int most;
  private final int idGenerations;

  /**
   * A deletion at {@code now} of {@code most} rows; the ids that go may leave traces in so many
   * generations.
   */
  SqliteDeletion(SqlSession session, long now, int most, int idGenerations) {
    this.session = session;
    this.now = now;
    this.most = most;
    this.idGenerations = idGenerations;
  }

  /** What has to be known of a notification to let it go. */
  record Row(
      long position,
      long published,
      List<Topic> topics,
      OptionalLong expires,
      long bytes,
      EventId id,
      boolean isPrivate)
      implements Addressed {
    static Row read(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          row.getLong(2),
          SqliteRows.topics(row.getString(3), SqliteRows.text(row, 4)),
          SqliteRows.number(row, 5),
          row.getLong(6),
          new EventId(row.getString(7)),
          row.getBoolean(8));
    }

    Topic canonicalTopic() {
      return topics.get(0);
    }
  }

  /** What goes in one transaction. */
  static final class Bundle {
    private final List<Row> rows = new ArrayList<>();
    private final int most;
    private long bytes;

    Bundle(int most) {
      this.most = most;
    }

    /** Takes a row more; whether there is room for another. */
    boolean add(Row row) {
      rows.add(row);
      bytes += row.bytes();
      return !isFull();
    }

    boolean isFull() {
      return rows.size() >= most || bytes >= MOST_BYTES;
    }

    List<Row> rows() {
      return rows;
    }

    long bytes() {
      return bytes;
    }
  }

  /** So many rows of {@code event} for which {@code condition} holds, fewer if they are large. */
  List<Row> select(String condition, @Nullable Object... parameters) throws SQLException {
    Bundle bundle = new Bundle(most);
    session.query(
        row -> bundle.add(Row.read(row)),
        "SELECT %s FROM event WHERE %s LIMIT %d".formatted(COLUMNS, condition, most),
        parameters);
    return bundle.rows();
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
      new SqliteTruncationMarks(session).mark(row, row.position(), row.published());
    }
  }
}
