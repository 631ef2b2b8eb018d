package dev.allim.log.sqlite;

import dev.allim.log.MatchingBudget;
import dev.allim.log.Page;
import dev.allim.log.engine.TruncatedFor;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.topic.Addressed;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the file says of what it no longer holds: of each topic the newest position that is gone, as
 * long as they are few; of what lies further back only that there was something. Of what was
 * private it says so apart, by all topics of a notification, as nobody is told of it who might not
 * see it.
 */
final class SqliteTruncationMarks {
  /** Marks kept; bounds what reading them costs, and their room. */
  static final int MOST = 10_000;

  /** No topic can be called so: the mark of all topics. */
  private static final String ANY = "*";

  private static final String BETWEEN_TOPICS = "\n";

  private static final Table PUBLIC = new Table("forgotten", "topic");
  private static final Table PRIVATE = new Table("forgotten_private", "topics");

  /** Where marks are, and what they are of. */
  private record Table(String name, String of) {
    String mark() {
      return """
          INSERT INTO %1$s (%2$s, position, published) VALUES (?, ?, ?)
          ON CONFLICT (%2$s) DO UPDATE SET position = excluded.position, published = excluded.published
          WHERE excluded.position > position
          """
          .formatted(name, of);
    }
  }

  private final SqlSession session;

  SqliteTruncationMarks(SqlSession session) {
    this.session = session;
  }

  /** Remembers that what stood at {@code position} is gone. */
  void mark(Addressed gone, long position, long publishedMillis) throws SQLException {
    if (gone.isPrivate()) {
      String topics =
          gone.topics().stream().map(Topic::name).collect(Collectors.joining(BETWEEN_TOPICS));
      session.update(PRIVATE.mark(), topics, position, publishedMillis);
      return;
    }
    for (Topic topic : gone.topics()) {
      session.update(PUBLIC.mark(), topic.name(), position, publishedMillis);
    }
  }

  /** Folds the oldest marks into the one for all topics once there are too many. */
  void fold() throws SQLException {
    fold(PUBLIC);
    fold(PRIVATE);
  }

  private void fold(Table table) throws SQLException {
    long count = session.number("SELECT COUNT(*) FROM " + table.name()).orElse(0);
    if (count <= MOST) {
      return;
    }
    // half of them, so that this is rare
    long limit =
        session
            .number(
                "SELECT position FROM %s ORDER BY position LIMIT 1 OFFSET ?"
                    .formatted(table.name()),
                MOST / 2)
            .orElseThrow();
    long published =
        session
            .number(
                "SELECT MAX(published) FROM %s WHERE position <= ?".formatted(table.name()), limit)
            .orElseThrow();
    session.update("DELETE FROM %s WHERE position <= ?".formatted(table.name()), limit);
    session.update(table.mark(), ANY, limit, published);
  }

  /** See {@link Page#truncatedUpTo}. */
  long truncatedUpTo(TopicFilter filter) throws SQLException {
    long newest = publicUpTo(filter);
    return filter.audience() instanceof Audience.Public
        ? newest
        : Math.max(newest, privateUpTo(filter));
  }

  private long privateUpTo(TopicFilter filter) throws SQLException {
    long[] newest = {0};
    MatchingBudget matching = new MatchingBudget(TruncatedFor.MATCHING);
    session.query(
        row -> {
          boolean admitted = matching.isSpent() || isAdmitted(filter, row.getString(1), matching);
          newest[0] = admitted ? row.getLong(2) : 0;
          return !admitted;
        },
        "SELECT topics, position FROM forgotten_private ORDER BY position DESC");
    return newest[0];
  }

  private static boolean isAdmitted(TopicFilter filter, String topics, MatchingBudget matching) {
    return topics.equals(ANY)
        || filter.admits(
            new TruncatedFor.Hidden(topics.lines().map(Topic::new).toList()), matching);
  }

  private long publicUpTo(TopicFilter filter) throws SQLException {
    long newest = upTo(ANY);
    boolean allNamed = true;
    for (TopicMatcher matcher : filter.matchers()) {
      if (matcher instanceof TopicMatcher.ExactTopic exact) {
        newest = Math.max(newest, upTo(exact.topic().name()));
      } else {
        allNamed = false;
      }
    }
    return allNamed ? newest : Math.max(newest, newestAdmitted(filter));
  }

  private long upTo(String topic) throws SQLException {
    return session.number("SELECT position FROM forgotten WHERE topic = ?", topic).orElse(0);
  }

  private long newestAdmitted(TopicFilter filter) throws SQLException {
    long[] newest = {0};
    MatchingBudget matching = new MatchingBudget(TruncatedFor.MATCHING);
    session.query(
        row -> {
          boolean admitted =
              matching.isSpent() || filter.wants(List.of(new Topic(row.getString(1))), matching);
          newest[0] = admitted ? row.getLong(2) : 0;
          return !admitted;
        },
        "SELECT topic, position FROM forgotten WHERE topic <> '*' ORDER BY position DESC");
    return newest[0];
  }

  /** The newest position that is gone of what was published before {@code instant}, or 0. */
  long before(Instant instant) throws SQLException {
    return Math.max(before(instant, PUBLIC), before(instant, PRIVATE));
  }

  private long before(Instant instant, Table table) throws SQLException {
    return session
        .number(
            "SELECT MAX(position) FROM %s WHERE published < ?".formatted(table.name()),
            instant.toEpochMilli())
        .orElse(0);
  }
}
