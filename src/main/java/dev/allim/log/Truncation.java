package dev.allim.log;

import dev.allim.topic.Topic;
import java.time.Instant;
import java.util.List;

/** What an engine can that lets go of what it keeps, when it is told to and by its own rules. */
public interface Truncation {
  /**
   * Deletes all that is kept with this canonical topic when it is called; how many notifications
   * that were. In small steps, between which others append and read. Everybody who follows the log
   * is told, in whatever program.
   *
   * @throws LogUnavailableException if it could not go on; what was deleted until then stays so
   */
  int purge(Topic topic);

  /**
   * Deletes what is kept at these positions; how many notifications that were. A few hundred are
   * done at once. Everybody who follows the log is told, in whatever program.
   *
   * @throws LogUnavailableException if it could not go on; what was deleted until then stays so
   */
  int delete(List<Long> positions);

  /**
   * Deletes what retention does not keep at {@code now}, what has expired and receipts that may be
   * used anew, and returns when all of it is gone. Works in small steps, between which others
   * append and read. An engine does this by itself from time to time; calling it is never needed.
   *
   * @throws LogUnavailableException if it could not go on; what is left is left to the next time
   */
  void enforceRetention(Instant now);
}
