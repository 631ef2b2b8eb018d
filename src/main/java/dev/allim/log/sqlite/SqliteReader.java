package dev.allim.log.sqlite;

import dev.allim.log.EventLog;
import dev.allim.log.LogRecord;
import dev.allim.log.Page;
import dev.allim.log.PageLimit;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.topic.NamedTopics;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads the log. Topics that are named exactly are found by index; whatever else is asked for, by
 * looking at every row of a stretch.
 */
final class SqliteReader {
  /** Rows looked at in one call: about 10 ms of one core, then others have their turn. */
  private static final int MOST_SCANNED = 5_000;

  /** Topics up to which a merge of indexes beats looking at every row. */
  private static final int MOST_MERGED = 32;

  private static final String ROW = "position, published, " + SqliteRows.COLUMNS;
  private static final String BETWEEN =
      "SELECT "
          + ROW
          + " FROM event WHERE position > ? AND position <= ? ORDER BY position %s LIMIT ?";
  private static final String OF_TOPIC =
      """
      SELECT position FROM event
      WHERE topic = ?topic AND key IS NULL AND position > ?1 AND position <= ?2
      UNION SELECT position FROM event
      WHERE topic = ?topic AND key IS NOT NULL AND position > ?1 AND position <= ?2
      UNION SELECT position FROM event_alternate
      WHERE topic = ?topic AND position > ?1 AND position <= ?2
      """;

  private static final int FIRST_TOPIC = 4;

  private final SqlSession session;

  SqliteReader(SqlSession session) {
    this.session = session;
  }

  /** See {@link EventLog#read}; {@code head} was appended before this is called. */
  Page read(long after, long head, TopicFilter filter, PageLimit page) throws SQLException {
    return after >= head
        ? new Page(List.of(), after, true)
        : read(new Stretch(after, head, "ASC", after, head), filter, page);
  }

  /** See {@link EventLog#readBack}. */
  Page readBack(long before, TopicFilter filter, PageLimit page) throws SQLException {
    return read(new Stretch(0, before - 1, "DESC", before, 0), filter, page);
  }

  /**
   * What is read, and in which direction.
   *
   * @param after the position behind which it begins
   * @param upTo the last position that belongs to it
   * @param order of positions, in SQL
   * @param from where reading begins
   * @param end where it has come to when there is no more
   */
  private record Stretch(long after, long upTo, String order, long from, long end) {}

  private Page read(Stretch stretch, TopicFilter filter, PageLimit page) throws SQLException {
    Optional<List<Topic>> named =
        NamedTopics.of(filter).all().filter(topics -> topics.size() <= MOST_MERGED);
    return named.isPresent() ? merge(stretch, named.get(), page) : scan(stretch, filter, page);
  }

  private Page merge(Stretch stretch, List<Topic> topics, PageLimit page) throws SQLException {
    int limit = Math.min(page.most(), MOST_SCANNED);
    List<Object> parameters = new ArrayList<>(List.of(stretch.after(), stretch.upTo(), limit));
    topics.forEach(topic -> parameters.add(topic.name()));
    Collector collector = new Collector(stretch.from(), limit, page);
    session.query(collector::takeAll, merged(topics.size(), stretch.order()), parameters.toArray());
    return collector.page(stretch.end());
  }

  private static String merged(int topics, String order) {
    String positions =
        IntStream.range(0, topics)
            .mapToObj(i -> OF_TOPIC.replace("?topic", "?" + (FIRST_TOPIC + i)))
            .collect(Collectors.joining(" UNION "));
    String some = "%s ORDER BY position %s LIMIT ?3".formatted(positions, order);
    return "SELECT %s FROM event WHERE position IN (%s) ORDER BY position %s"
        .formatted(ROW, some, order);
  }

  private Page scan(Stretch stretch, TopicFilter filter, PageLimit page) throws SQLException {
    Collector collector = new Collector(stretch.from(), MOST_SCANNED, page);
    session.query(
        row -> collector.takeAdmitted(row, filter),
        BETWEEN.formatted(stretch.order()),
        stretch.after(),
        stretch.upTo(),
        MOST_SCANNED);
    return collector.page(stretch.end());
  }

  static LogRecord stored(ResultSet row) throws SQLException {
    return new LogRecord(
        row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), SqliteRows.read(row, 3));
  }

  /** Goes over the rows of one answer and remembers how far it came. */
  private static final class Collector {
    private final int limit;
    private final PageLimit page;
    private int seen;
    private long last;

    Collector(long from, int limit, PageLimit page) {
      this.last = from;
      this.limit = limit;
      this.page = page;
    }

    boolean takeAll(ResultSet row) throws SQLException {
      page.add(stored(row));
      return moveOn(row);
    }

    boolean takeAdmitted(ResultSet row, TopicFilter filter) throws SQLException {
      if (page.wants(filter, SqliteRows.topics(row.getString(4), SqliteRows.text(row, 5)))) {
        page.add(stored(row));
      }
      return moveOn(row);
    }

    private boolean moveOn(ResultSet row) throws SQLException {
      seen++;
      last = row.getLong(1);
      return !page.isFull();
    }

    /** All rows there are were seen if they were fewer than asked for and the page has room. */
    Page page(long end) {
      boolean complete = last == end || (seen < limit && !page.isFull());
      return new Page(page.items(), complete ? end : last, complete);
    }
  }
}
