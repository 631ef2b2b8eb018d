package dev.allim.log;

import java.util.List;

/**
 * A stretch of the log, as of one moment.
 *
 * @param items what was asked for in it, oldest first
 * @param upTo the position up to which the log was read: nothing asked for stands between the last
 *     item and it
 * @param complete whether that is all there was when it was read
 * @param truncatedUpTo the highest position of anything asked for that is not kept any more, other
 *     than by its own expiry; 0 if there is none. Whoever goes on before it has missed something.
 *     An engine remembers this of so many topics only: it may give a higher position, below which
 *     something else is gone, but never a lower one
 */
public record Page(List<LogRecord> items, long upTo, boolean complete, long truncatedUpTo) {
  /** Copies the items. */
  public Page {
    items = List.copyOf(items);
  }

  /** One from which nothing is known to be gone. */
  public Page(List<LogRecord> items, long upTo, boolean complete) {
    this(items, upTo, complete, 0);
  }

  /** The same, with something gone up to {@code position}. */
  public Page truncatedUpTo(long position) {
    return new Page(items, upTo, complete, position);
  }
}
