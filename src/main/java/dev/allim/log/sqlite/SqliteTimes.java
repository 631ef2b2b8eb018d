package dev.allim.log.sqlite;

import dev.allim.log.sqlite.file.SqlSession;
import java.sql.SQLException;

/**
 * Brings back times of publishing that a clock has left which once was ahead. They never go back in
 * the log, so all that came later would be stamped in the future, too, until the clock gets there;
 * neither age nor {@code since} would mean anything. What is stamped later than now was published
 * by now at the latest, and counts as published now.
 */
final class SqliteTimes {
  private static final String SETTLE =
      """
      UPDATE event SET published = ?1 WHERE position IN
        (SELECT position FROM event WHERE position > ?2 AND published > ?1 ORDER BY position LIMIT ?3)
      """;

  private final SqlSession session;

  SqliteTimes(SqlSession session) {
    this.session = session;
  }

  /**
   * A step of it of {@code most} rows, oldest first, so that times still never go back; whether
   * there may be more.
   */
  boolean settleSome(long now, int most) throws SQLException {
    long from = new SqlitePositions(session).keptBefore(now + 1);
    if (session.update(SETTLE, now, from, most) == most) {
      return true;
    }
    session.update("UPDATE forgotten SET published = ?1 WHERE published > ?1", now);
    session.update("UPDATE forgotten_private SET published = ?1 WHERE published > ?1", now);
    return false;
  }
}
