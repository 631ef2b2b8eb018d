package dev.allim.log.sqlite;

import dev.allim.log.append.AppendBatch;
import dev.allim.log.append.DelayedNotification;
import dev.allim.log.append.IdempotencyRecord;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.notification.EventId;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes a batch, within a transaction that is open. */
final class SqliteWriter {
  private static final String EVENT =
      "INSERT INTO event (position, published, %s) VALUES (?, ?, %s)"
          .formatted(SqliteRows.COLUMNS, SqliteRows.PARAMETERS);
  private static final String ALTERNATE =
      "INSERT INTO event_alternate (topic, position, canonical, key) VALUES (?, ?, ?, ?)";
  private static final String DEFERRED =
      "INSERT INTO deferred (due, %s) VALUES (?, %s)"
          .formatted(SqliteRows.COLUMNS, SqliteRows.PARAMETERS);
  private static final String RECEIPT =
      "INSERT OR REPLACE INTO receipt (key, fingerprint, answer, expires)" + " VALUES (?, ?, ?, ?)";

  private final SqlSession session;

  SqliteWriter(SqlSession session) {
    this.session = session;
  }

  /**
   * Writes everything of {@code batch}; its notifications get the positions from first on.
   *
   * @return whether the id of any may have been another's before
   */
  boolean write(AppendBatch batch, long first, long publishedMillis) throws SQLException {
    events(batch.notifications(), first, publishedMillis);
    alternates(batch.notifications(), first);
    noLongerPending(batch.due());
    deferred(batch.deferred());
    receipts(batch.receipts());
    return new SqliteIds(session).kept(batch.notifications(), first);
  }

  /** Whether a batch that was to get the positions from {@code first} on is there, all of it. */
  boolean isWritten(AppendBatch batch, long first) throws SQLException {
    SqliteDelayed delayed = new SqliteDelayed(session);
    if (!batch.notifications().isEmpty()) {
      Optional<String> id = session.text("SELECT id FROM event WHERE position = ?", first);
      return id.equals(Optional.of(batch.notifications().get(0).id().value()));
    }
    if (!batch.deferred().isEmpty()) {
      return delayed.isPending(batch.deferred().get(0).notification().id());
    }
    if (!batch.due().isEmpty()) {
      return !delayed.isPending(batch.due().get(0));
    }
    return batch.receipts().isEmpty()
        || new SqliteReceipts(session).isWritten(batch.receipts().get(0));
  }

  private void events(List<Notification> notifications, long first, long publishedMillis)
      throws SQLException {
    PreparedStatement insert = session.prepare(EVENT);
    for (int i = 0; i < notifications.size(); i++) {
      insert.setLong(1, first + i);
      insert.setLong(2, publishedMillis);
      SqliteRows.bind(insert, 3, notifications.get(i));
      insert.addBatch();
    }
    run(insert, notifications);
  }

  private void alternates(List<Notification> notifications, long first) throws SQLException {
    for (int i = 0; i < notifications.size(); i++) {
      Notification notification = notifications.get(i);
      for (Topic alternate : notification.topics().subList(1, notification.topics().size())) {
        PreparedStatement insert = session.prepare(ALTERNATE, alternate.name(), first + i);
        insert.setString(3, notification.canonicalTopic().name());
        SqliteRows.bindText(insert, 4, notification.key().map(Key::value));
        insert.executeUpdate();
      }
    }
  }

  private void noLongerPending(List<EventId> ids) throws SQLException {
    PreparedStatement delete = session.prepare("DELETE FROM deferred WHERE id = ?");
    for (EventId id : ids) {
      delete.setString(1, id.value());
      delete.addBatch();
    }
    run(delete, ids);
  }

  private void deferred(List<DelayedNotification> waiting) throws SQLException {
    PreparedStatement insert = session.prepare(DEFERRED);
    for (DelayedNotification deferred : waiting) {
      insert.setLong(1, deferred.at().plusNanos(999_999).toEpochMilli());
      SqliteRows.bind(insert, 2, deferred.notification());
      insert.addBatch();
    }
    run(insert, waiting);
  }

  private void receipts(List<IdempotencyRecord> receipts) throws SQLException {
    PreparedStatement insert = session.prepare(RECEIPT);
    for (IdempotencyRecord receipt : receipts) {
      insert.setString(1, receipt.key());
      insert.setString(2, receipt.fingerprint());
      insert.setString(3, receipt.answer());
      insert.setLong(4, receipt.expires().toEpochMilli());
      insert.addBatch();
    }
    run(insert, receipts);
  }

  /** A statement whose batch failed keeps it: the next one must not write it. */
  private static void run(PreparedStatement statement, List<?> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try {
      statement.executeBatch();
    } finally {
      statement.clearBatch();
    }
  }
}
