package dev.allim.log.sqlite;

import dev.allim.log.MatchingBudget;
import dev.allim.log.StateKey;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.notification.Key;
import dev.allim.topic.NamedTopics;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the current state, the newest of each canonical topic and key, by leaps through the indexes
 * from one topic and key to the next: it costs what the state has, not what the history has. That
 * pays as long as the state is small; of a large one this says only that it is.
 */
final class SqliteSkipScan {
  /** About 100 ms of one core, and 160 KB of positions. */
  static final int MOST = 20_000;

  /** About 50 ms of one core: more would cost as much as looking at every row. */
  private static final long MATCHING = 50L << 20;

  /** Of a row that is not for this audience: reading it takes some microseconds. */
  private static final long HIDDEN = 5_000;

  private static final String ROW =
      "SELECT e.position, e.topic, e.alternates, e.private, e.key FROM ";
  private static final String NEWEST =
      " AND %1$s.position <= ? AND (e.expires IS NULL OR e.expires > ?)"
          + " ORDER BY %1$s.position DESC";
  private static final String WITHOUT_KEY =
      ROW + "event e WHERE e.topic = ? AND e.key IS NULL" + NEWEST.formatted("e");
  private static final String OF_KEY =
      ROW + "event e WHERE e.topic = ? AND e.key = ?" + NEWEST.formatted("e");
  private static final String ALTERNATE =
      ROW
          + "event_alternate a CROSS JOIN event e ON e.position = a.position"
          + " WHERE a.topic = ? AND a.canonical = ?";
  private static final String ALTERNATE_WITHOUT_KEY =
      ALTERNATE + " AND a.key IS NULL" + NEWEST.formatted("a");
  private static final String ALTERNATE_OF_KEY =
      ALTERNATE + " AND a.key = ?" + NEWEST.formatted("a");

  private static final String NEXT_CANONICAL =
      "SELECT MIN(canonical) FROM event_alternate WHERE topic = ? AND canonical > ?";
  private static final String NEXT_ALTERNATE_KEY =
      "SELECT MIN(key) FROM event_alternate WHERE topic = ? AND canonical = ? AND key > ?";

  private final SqlSession session;
  private final TopicFilter filter;
  private final long upTo;
  private final long now;
  private final Map<StateKey, Long> newest = new HashMap<>();
  private final MatchingBudget matching = new MatchingBudget(MATCHING);
  private int left = MOST;

  SqliteSkipScan(SqlSession session, TopicFilter filter, long upTo, Instant now) {
    this.session = session;
    this.filter = filter;
    this.upTo = upTo;
    this.now = now.toEpochMilli();
  }

  /** The positions of the state in their order; absent if it is too large for leaps. */
  Optional<long[]> positions() throws SQLException {
    for (String topic : admitted("event WHERE key IS NULL AND")) {
      take(WITHOUT_KEY, topic, upTo, now);
    }
    for (String topic : admitted("event WHERE key IS NOT NULL AND")) {
      for (String key : skip("SELECT MIN(key) FROM event WHERE topic = ? AND key > ?", topic)) {
        take(OF_KEY, topic, key, upTo, now);
      }
    }
    for (String alternate : admitted("event_alternate WHERE")) {
      takeAlternate(alternate);
    }
    return left <= 0 || matching.isSpent()
        ? Optional.empty()
        : Optional.of(newest.values().stream().mapToLong(Long::longValue).sorted().toArray());
  }

  private void takeAlternate(String alternate) throws SQLException {
    for (String canonical : skip(NEXT_CANONICAL, alternate)) {
      // a canonical topic that is asked for itself is done already, with every key
      if (!admits(canonical)) {
        take(ALTERNATE_WITHOUT_KEY, alternate, canonical, upTo, now);
        for (String key : skip(NEXT_ALTERNATE_KEY, alternate, canonical)) {
          take(ALTERNATE_OF_KEY, alternate, canonical, key, upTo, now);
        }
      }
    }
  }

  /** The first row that this audience may see: what is hidden from it replaces nothing. */
  private void take(String sql, @Nullable Object... parameters) throws SQLException {
    session.query(
        row -> {
          if (filter.audience().maySee(SqliteRows.addressed(row, 2), matching)) {
            newest.merge(group(row), row.getLong(1), Math::max);
            return false;
          }
          matching.accept(HIDDEN);
          return !matching.isSpent();
        },
        sql,
        parameters);
  }

  private static StateKey group(ResultSet row) throws SQLException {
    return new StateKey(new Topic(row.getString(2)), SqliteRows.text(row, 5).map(Key::new));
  }

  /** The topics among some rows that are asked for; those named exactly without looking. */
  private List<String> admitted(String rows) throws SQLException {
    NamedTopics named = NamedTopics.of(filter);
    return named.isAll()
        ? named.topics().stream().map(Topic::name).toList()
        : fitting(skip("SELECT MIN(topic) FROM %s topic > ?".formatted(rows)));
  }

  private List<String> fitting(List<String> topics) {
    return topics.stream().filter(this::admits).toList();
  }

  private boolean admits(String topic) {
    return !matching.isSpent() && filter.wants(List.of(new Topic(topic)), matching);
  }

  /** All different values in order: {@code sql} leads from one, its last parameter, to the next. */
  private List<String> skip(String sql, @Nullable Object... parameters) throws SQLException {
    List<String> values = new ArrayList<>();
    Object[] all = Arrays.copyOf(parameters, parameters.length + 1);
    String last = "";
    while (left > 0) {
      left--;
      all[parameters.length] = last;
      Optional<String> next = session.text(sql, all);
      if (next.isEmpty()) {
        return values;
      }
      last = next.get();
      values.add(last);
    }
    return List.of();
  }
}
