package dev.allim.log.sqlite;

import dev.allim.log.append.AppendBatch;
import dev.allim.log.append.IdempotencyRecord;
import dev.allim.log.append.SideRoom;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.notification.EventId;
import java.sql.SQLException;

/** Counts the room that is taken beside the history, as {@link SideRoom} counts it. */
final class SqliteSideRoom {
  private final SqliteDelayed delayed;
  private final SqliteReceipts receipts;

  SqliteSideRoom(SqlSession session) {
    this.delayed = new SqliteDelayed(session);
    this.receipts = new SqliteReceipts(session);
  }

  /** Begins a query for what rows take whose text has so many {@code octets}. */
  static String bytes(String octets) {
    return "SELECT SUM(%1$s + (%1$s) / %2$d + %3$d)"
        .formatted(octets, SideRoom.AN_EIGHTH, SideRoom.A_ROW);
  }

  /** What all of it takes. */
  SideRoom used() throws SQLException {
    return new SideRoom(delayed.bytes(), receipts.bytes());
  }

  /** What a batch is going to take away, or to replace. */
  SideRoom goesWith(AppendBatch batch) throws SQLException {
    long waiting = 0;
    for (EventId id : batch.due()) {
      waiting += delayed.bytes(id);
    }
    long keys = 0;
    for (IdempotencyRecord replaced : batch.receipts()) {
      keys += receipts.bytes(replaced.key());
    }
    return new SideRoom(waiting, keys);
  }
}
