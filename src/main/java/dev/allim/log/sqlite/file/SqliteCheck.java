package dev.allim.log.sqlite.file;

import dev.allim.log.LogUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * Looks at a file before it is used, for at most about a second: whether it is ours, of a version
 * that this program knows, as long as it says it is, and sound in a small file everywhere, in a
 * large one at both ends of each table and index.
 */
final class SqliteCheck {
  static final String DAMAGED =
      "is damaged. Stop the program and move the file away together with those beside it (-wal,"
          + " -shm): the program begins a new one. To save what can be read:"
          + " sqlite3 damaged.db .recover | sqlite3 new.db";

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** Files up to this size are read as a whole. */
  private static final long SMALL_BYTES = 32L << 20;

  private static final List<String> ROWS =
      List.of(
          "event ORDER BY position",
          "event INDEXED BY event_id ORDER BY id",
          "event INDEXED BY event_by_topic WHERE key IS NULL ORDER BY topic",
          "event INDEXED BY event_by_keyed_topic WHERE key IS NOT NULL ORDER BY topic",
          "event INDEXED BY event_by_key WHERE key IS NOT NULL ORDER BY topic",
          "deferred INDEXED BY deferred_due ORDER BY due");

  private final Path path;

  SqliteCheck(Path path) {
    this.path = path;
  }

  /** Whether there is nothing yet, or something that calls itself SQLite. */
  void beforeOpening() {
    try {
      if (!Files.exists(path) || Files.size(path) == 0) {
        return;
      }
      try (InputStream file = Files.newInputStream(path)) {
        if (!Arrays.equals(file.readNBytes(MAGIC.length), MAGIC)) {
          throw refuse(
              "is not an SQLite database. Name another allim.history.path, or move it away.");
        }
      }
    } catch (IOException e) {
      throw new LogUnavailableException("The history file %s cannot be read.".formatted(path), e);
    }
  }

  /** Whether it is ours and sound; the version it has. */
  int afterOpening(SqlSession session) throws SQLException {
    int version = (int) session.number("PRAGMA user_version").orElse(0);
    long application = session.number("PRAGMA application_id").orElse(0);
    if (application != SqliteSchema.APPLICATION_ID && !isEmpty(session)) {
      throw refuse(
          "is a database of another program. Name another allim.history.path, or move it away.");
    }
    if (version > SqliteSchema.VERSION) {
      throw refuse(
          "was written by a newer version (schema %d, this program knows %d). Run that version, or name another allim.history.path."
              .formatted(version, SqliteSchema.VERSION));
    }
    requireWhole(session);
    requireSound(session, version);
    return version;
  }

  private static boolean isEmpty(SqlSession session) throws SQLException {
    return session.number("SELECT COUNT(*) FROM sqlite_schema").orElse(0) == 0;
  }

  /** A copy that was broken off is shorter than its first page says. */
  private void requireWhole(SqlSession session) throws SQLException {
    boolean inTheFile = isWrittenBack(session);
    long pages = session.number("PRAGMA page_count").orElse(0);
    long bytes = pages * session.number("PRAGMA page_size").orElse(0);
    try {
      if (inTheFile && Files.size(path) < bytes) {
        throw refuse(DAMAGED);
      }
    } catch (IOException e) {
      throw new LogUnavailableException("The history file %s cannot be read.".formatted(path), e);
    }
  }

  /** A full disk is no reason to refuse the file: all of it can be read. */
  private static boolean isWrittenBack(SqlSession session) throws SQLException {
    try {
      return session.number("PRAGMA wal_checkpoint(TRUNCATE)").orElse(1) == 0;
    } catch (SQLException fault) {
      session.forgetStatements();
      if (SqliteFaults.leavesSessionUsable(fault)) {
        return false;
      }
      throw fault;
    }
  }

  private void requireSound(SqlSession session, int version) throws SQLException {
    if (sizeOf(session) <= SMALL_BYTES) {
      String verdict = session.text("PRAGMA quick_check(1)").orElse("nothing");
      if (!verdict.equals("ok")) {
        throw refuse(DAMAGED + " (" + verdict + ")");
      }
    } else if (version > 0) {
      probe(session);
    }
  }

  private static long sizeOf(SqlSession session) throws SQLException {
    return session.number("PRAGMA page_count").orElse(0)
        * session.number("PRAGMA page_size").orElse(0);
  }

  /** Reads both ends of everything; what is wrong in the middle shows when it is read. */
  private static void probe(SqlSession session) throws SQLException {
    for (String rows : ROWS) {
      for (String direction : List.of("ASC", "DESC")) {
        session.number(
            "SELECT SUM(LENGTH(data)) FROM (SELECT data FROM %s %s LIMIT 1000)"
                .formatted(rows, direction));
      }
    }
  }

  private LogUnavailableException refuse(String why) {
    return new LogUnavailableException("The history file %s %s".formatted(path, why));
  }
}
