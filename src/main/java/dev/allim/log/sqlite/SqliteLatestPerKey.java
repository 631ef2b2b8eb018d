package dev.allim.log.sqlite;

import dev.allim.log.LogRecord;
import dev.allim.log.MatchingBudget;
import dev.allim.log.Snapshots;
import dev.allim.log.StateKey;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.notification.Notification;
import dev.allim.topic.TopicFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells of some notifications which are the newest of their canonical topic and key. */
final class SqliteLatestPerKey {
  /**
   * About 50 ms of one core. What is not looked at by then counts as replaced by nothing: a
   * subscriber is given an older one before the newer, which is what a state may be.
   */
  private static final long MATCHING = 50L << 20;

  private static final String BELOW =
      " AND position <= ? AND (expires IS NULL OR expires > ?) ORDER BY position DESC";
  private static final String WITHOUT_KEY =
      "SELECT position, topic, alternates, private FROM event WHERE topic = ? AND key IS NULL"
          + BELOW;
  private static final String OF_KEY =
      "SELECT position, topic, alternates, private FROM event WHERE topic = ? AND key = ?" + BELOW;

  private final SqlSession session;
  private final TopicFilter filter;
  private final long upTo;
  private final long now;
  private final MatchingBudget matching = new MatchingBudget(MATCHING);
  private final Map<StateKey, Long> newest = new HashMap<>();

  SqliteLatestPerKey(SqlSession session, TopicFilter filter, long upTo, Instant now) {
    this.session = session;
    this.filter = filter;
    this.upTo = upTo;
    this.now = now.toEpochMilli();
  }

  /** See {@link Snapshots#retainCurrent}. */
  List<LogRecord> of(List<LogRecord> items) throws SQLException {
    List<LogRecord> current = new ArrayList<>();
    for (LogRecord stored : items) {
      if (stored.position() >= newest(stored.notification())) {
        current.add(stored);
      }
    }
    return current;
  }

  private long newest(Notification notification) throws SQLException {
    StateKey group = StateKey.of(notification);
    Long known = newest.get(group);
    if (known == null) {
      known = find(group);
      newest.put(group, known);
    }
    return known;
  }

  /** Only what is asked for replaces: the same topic and key may come with other alternates. */
  private long find(StateKey group) throws SQLException {
    long[] found = {0};
    SqlSession.Rows rows =
        row -> {
          found[0] = isAskedFor(row) ? row.getLong(1) : 0;
          return found[0] == 0 && !matching.isSpent();
        };
    if (group.key().isPresent()) {
      session.query(rows, OF_KEY, group.topic().name(), group.key().get().value(), upTo, now);
    } else {
      session.query(rows, WITHOUT_KEY, group.topic().name(), upTo, now);
    }
    return found[0];
  }

  private boolean isAskedFor(ResultSet row) throws SQLException {
    return filter.admits(SqliteRows.addressed(row, 2), matching);
  }
}
