package dev.allim.log;

import dev.allim.topic.Topic;
import java.util.List;

/**
 * Follows a log. Called by one thread at a time, by whatever thread appends or hears of another's
 * appending: an implementation must be quick, and may read the log.
 */
public interface TailListener {
  /**
   * The log goes on.
   *
   * @param after up to where the log went before {@code records}. Whoever has not got so far reads
   *     what it misses: an engine may tell of what it does not hold in its hands by this alone
   * @param records all that stands behind {@code after}, in the log's order, expired or not
   */
  void appended(long after, List<LogRecord> records);

  /**
   * All that was kept up to {@code upTo} with this canonical topic was purged: it is not to be
   * replayed from anywhere.
   */
  void truncated(Topic topic, long upTo);

  /** What stood at these positions was deleted: it is not to be replayed from anywhere. */
  void deleted(List<Long> positions);
}
