package dev.allim.log.sqlite;

import dev.allim.log.append.IdempotencyRecord;
import dev.allim.log.append.SideRoom;
import dev.allim.log.sqlite.file.SqlSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The receipts of publishes with an idempotency key. */
final class SqliteReceipts {
  private static final String BYTES =
      SqliteSideRoom.bytes("octet_length(key) + octet_length(fingerprint) + octet_length(answer)")
          + " FROM receipt";

  private final SqlSession session;

  SqliteReceipts(SqlSession session) {
    this.session = session;
  }

  Optional<IdempotencyRecord> find(String key, Instant now) throws SQLException {
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

  /** Whether it is there, as it was to be written. */
  boolean isWritten(IdempotencyRecord receipt) throws SQLException {
    return session
        .text("SELECT fingerprint FROM receipt WHERE key = ?", receipt.key())
        .equals(Optional.of(receipt.fingerprint()));
  }

  /** Deletes those that have expired, at most so many; what they took. */
  SideRoom deleteExpired(long now, int most) throws SQLException {
    String expired = " WHERE key IN (SELECT key FROM receipt WHERE expires <= ? LIMIT ?)";
    long bytes = session.number(BYTES + expired, now, most).orElse(0);
    session.update("DELETE FROM receipt" + expired, now, most);
    return new SideRoom(0, bytes);
  }

  /** What all of them take. */
  long bytes() throws SQLException {
    return session.number(BYTES).orElse(0);
  }

  /** What the one of this key takes, 0 if there is none. */
  long bytes(String key) throws SQLException {
    return session.number(BYTES + " WHERE key = ?", key).orElse(0);
  }
}
