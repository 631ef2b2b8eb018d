package dev.allim.log;

/**
 * The current state as of one moment: of what is kept, asked for and of use, the newest of each
 * canonical topic and key (none is one, too). However large it is, it is read page by page. Holds
 * nothing open; for one thread at a time.
 */
public interface Snapshot {
  /**
   * What of it stands behind {@code after}, oldest first; bounded like {@link EventLog#read}. What
   * was deleted since the moment is missing, and no loss: what replaced it comes behind the moment.
   */
  Page read(long after, int most, int mostBytes);
}
