package dev.allim.log;

import java.util.List;

/**
 * A stretch of the log.
 *
 * @param items what was asked for in it, oldest first
 * @param upTo the position up to which the log was read: nothing asked for stands between the last
 *     item and it
 * @param complete whether that is all there was when it was read
 */
public record Page(List<LogRecord> items, long upTo, boolean complete) {
  /** Copies the items. */
  public Page {
    items = List.copyOf(items);
  }
}
