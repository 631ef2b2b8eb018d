package dev.allim.log;

import java.util.List;

/**
 * The current state as of one moment: of what is kept, asked for and of use, the newest of each
 * canonical topic and key (none is one, too). However large it is, it is read page by page. Holds
 * nothing open; for one thread at a time.
 */
public interface Snapshot {
  /**
   * What of it stands behind {@code after}, oldest first; bounded like {@link EventLog#read}. What
   * was deleted since the moment is missing.
   */
  Page read(long after, int most, int mostBytes);

  /** Those of {@code items} that are part of it, as nothing up to the moment replaces them. */
  List<LogRecord> of(List<LogRecord> items);
}
