package dev.allim.log.sqlite;

import dev.allim.log.LogStart;
import dev.allim.log.Places;
import dev.allim.log.sqlite.file.SqlSession;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Places in the log that are not asked for by an id. */
final class SqlitePositions {
  private static final String HEAD = "head";
  private static final String NEWEST = "SELECT MAX(position) FROM event";

  private final SqlSession session;

  SqlitePositions(SqlSession session) {
    this.session = session;
  }

  /** The newest position ever written, also when what stood there is gone. */
  long head() throws SQLException {
    return Math.max(session.number(NEWEST).orElse(0), meta(HEAD).orElse(0));
  }

  /** To be called before anything is deleted, which could be the newest. */
  void rememberHead() throws SQLException {
    session.update("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", HEAD, head());
  }

  /** Writes something of no consequence. */
  void touch(long millis) throws SQLException {
    session.update("INSERT OR REPLACE INTO meta (name, value) VALUES ('probed', ?)", millis);
  }

  /** The key of this file's places, made with the first that opens it. */
  byte[] key(RandomGenerator random) throws SQLException {
    ByteBuffer key = ByteBuffer.allocate(Places.KEY_BYTES);
    for (String half : List.of("place-key-1", "place-key-2")) {
      if (meta(half).isEmpty()) {
        session.update("INSERT INTO meta (name, value) VALUES (?, ?)", half, random.nextLong());
      }
      key.putLong(meta(half).orElseThrow());
    }
    return key.array();
  }

  OptionalLong meta(String name) throws SQLException {
    return session.number("SELECT value FROM meta WHERE name = ?", name);
  }

  /** See {@link LogStart.Earliest}. */
  long earliest(long head) throws SQLException {
    OptionalLong oldest = session.number("SELECT MIN(position) FROM event");
    return oldest.isPresent() ? oldest.getAsLong() - 1 : head;
  }

  /** When the newest notification was published, in milliseconds; 0 if there is none. */
  long lastPublished() throws SQLException {
    return session.number("SELECT published FROM event ORDER BY position DESC LIMIT 1").orElse(0);
  }

  /**
   * See {@link LogStart.Since}. Halves the log again and again, as the times of publishing never go
   * back in it: an index on them would cost every append more than this costs.
   */
  long before(Instant instant) throws SQLException {
    long kept = keptBefore(instant.toEpochMilli());
    return Math.max(kept, new SqliteTruncationMarks(session).before(instant));
  }

  /** The newest position kept whose notification was published before then, 0 if there is none. */
  long keptBefore(long millis) throws SQLException {
    long low = session.number("SELECT MIN(position) FROM event").orElse(1) - 1;
    long high = session.number(NEWEST).orElse(0);
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (publishedAtOrBelow(middle) < millis) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return session.number("SELECT MAX(position) FROM event WHERE position <= ?", low).orElse(0);
  }

  private long publishedAtOrBelow(long position) throws SQLException {
    return session
        .number(
            "SELECT published FROM event WHERE position <= ? ORDER BY position DESC LIMIT 1",
            position)
        .orElse(Long.MIN_VALUE);
  }
}
