package dev.allim.log.sqlite;

import dev.allim.log.LogRecord;
import dev.allim.log.Page;
import dev.allim.log.PageLimit;
import dev.allim.log.Snapshot;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.log.sqlite.file.SqliteFile;
import dev.allim.topic.TopicFilter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The state in the file. A small one is found once, by {@link SqliteSkipScan}, and then read by its
 * positions; a large one, which is a good part of the history, by going through that and leaving
 * out what is replaced.
 */
final class SqliteSnapshot implements Snapshot {
  private static final String ROW =
      "SELECT position, published, " + SqliteRows.COLUMNS + " FROM event WHERE position = ?";

  private final SqliteFile file;
  private final Clock clock;
  private final TopicFilter filter;
  private final long upTo;
  private boolean sought;
  private Optional<long[]> found = Optional.empty();

  SqliteSnapshot(SqliteFile file, Clock clock, TopicFilter filter, long upTo) {
    this.file = file;
    this.clock = clock;
    this.filter = filter;
    this.upTo = upTo;
  }

  @Override
  public Page read(long after, int most, int mostBytes) {
    Instant now = clock.instant();
    return file.read(
        session ->
            session.inSnapshot(
                reading -> read(reading, after, now, new PageLimit(now, most, mostBytes))));
  }

  private Page read(SqlSession session, long after, Instant now, PageLimit page)
      throws SQLException {
    if (!sought) {
      found = new SqliteSkipScan(session, filter, upTo, now).positions();
      sought = true;
    }
    return found.isPresent()
        ? pick(session, after, found.get(), page)
        : goThrough(session, after, now, page);
  }

  private Page pick(SqlSession session, long after, long[] positions, PageLimit page)
      throws SQLException {
    int next = Arrays.binarySearch(positions, after + 1);
    for (int i = next < 0 ? -next - 1 : next; i < positions.length; i++) {
      if (page.isFull()) {
        return new Page(page.items(), positions[i - 1], false);
      }
      session.query(
          row -> {
            page.add(SqliteReader.stored(row));
            return false;
          },
          ROW,
          positions[i]);
    }
    return new Page(page.items(), upTo, true);
  }

  private Page goThrough(SqlSession session, long after, Instant now, PageLimit page)
      throws SQLException {
    Page all = new SqliteReader(session).read(after, upTo, filter, page);
    List<LogRecord> current = new SqliteLatestPerKey(session, filter, upTo, now).of(all.items());
    return new Page(current, all.upTo(), all.complete());
  }
}
