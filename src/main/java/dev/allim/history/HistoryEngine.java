package dev.allim.history;

import java.time.Instant;

/** An engine: the log, and what is remembered beside it in the same commits. */
public interface HistoryEngine extends EventLog, Agenda {
  /**
   * Deletes what retention does not keep at {@code now}, what has expired and receipts that may be
   * used anew, and returns when all of it is gone. Works in small steps, between which others
   * append and read. An engine does this by itself from time to time; calling it is never needed.
   *
   * @throws LogUnavailableException if it could not go on; what is left is left to the next time
   */
  void sweep(Instant now);

  /**
   * Finds out whether the log can be written, by writing to it, and reopens it if it can again.
   *
   * @throws LogUnavailableException if not; says why
   */
  @Override
  void probe();
}
