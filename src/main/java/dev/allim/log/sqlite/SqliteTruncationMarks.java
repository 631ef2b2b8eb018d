package dev.allim.log.sqlite;

import dev.allim.log.MatchingBudget;
import dev.allim.log.Page;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * What the file says of what it no longer holds: of each topic the newest position that is gone, as
 * long as they are few; of what lies further back only that there was something.
 */
final class SqliteTruncationMarks {
  /** Marks kept; bounds what reading them costs, and their room. */
  static final int MOST = 10_000;

  /** About 10 ms of one core; whatever is not looked at by then counts as asked for. */
  private static final long MATCHING = 10L << 20;

  /** No topic can be called so: the mark of all topics. */
  private static final String ANY = "*";

  private static final String MARK =
      """
      INSERT INTO forgotten (topic, position, published) VALUES (?, ?, ?)
      ON CONFLICT (topic) DO UPDATE SET position = excluded.position, published = excluded.published
      WHERE excluded.position > position
      """;

  private final SqlSession session;

  SqliteTruncationMarks(SqlSession session) {
    this.session = session;
  }

  /** Remembers that what stood at {@code position} is gone. */
  void mark(List<Topic> topics, long position, long publishedMillis) throws SQLException {
    for (Topic topic : topics) {
      session.update(MARK, topic.name(), position, publishedMillis);
    }
  }

  /** Folds the oldest marks into the one for all topics once there are too many. */
  void fold() throws SQLException {
    long count = session.number("SELECT COUNT(*) FROM forgotten").orElse(0);
    if (count <= MOST) {
      return;
    }
    // half of them, so that this is rare
    long limit =
        session
            .number("SELECT position FROM forgotten ORDER BY position LIMIT 1 OFFSET ?", MOST / 2)
            .orElseThrow();
    long published =
        session
            .number("SELECT MAX(published) FROM forgotten WHERE position <= ?", limit)
            .orElseThrow();
    session.update("DELETE FROM forgotten WHERE position <= ?", limit);
    session.update(MARK, ANY, limit, published);
  }

  /** See {@link Page#truncatedUpTo}. */
  long truncatedUpTo(TopicFilter interest) throws SQLException {
    long newest = upTo(ANY);
    boolean allNamed = true;
    for (TopicMatcher matcher : interest.matchers()) {
      if (matcher instanceof TopicMatcher.ExactTopic exact) {
        newest = Math.max(newest, upTo(exact.topic().name()));
      } else {
        allNamed = false;
      }
    }
    return allNamed ? newest : Math.max(newest, newestAdmitted(interest));
  }

  private long upTo(String topic) throws SQLException {
    return session.number("SELECT position FROM forgotten WHERE topic = ?", topic).orElse(0);
  }

  private long newestAdmitted(TopicFilter interest) throws SQLException {
    long[] newest = {0};
    MatchingBudget matching = new MatchingBudget(MATCHING);
    session.query(
        row -> {
          boolean admitted =
              matching.isSpent() || interest.wants(List.of(new Topic(row.getString(1))), matching);
          newest[0] = admitted ? row.getLong(2) : 0;
          return !admitted;
        },
        "SELECT topic, position FROM forgotten WHERE topic <> '*' ORDER BY position DESC");
    return newest[0];
  }

  /** The newest position that is gone of what was published before {@code instant}, or 0. */
  long before(Instant instant) throws SQLException {
    return session
        .number("SELECT MAX(position) FROM forgotten WHERE published < ?", instant.toEpochMilli())
        .orElse(0);
  }
}
