package dev.allim.hub.lane;

import dev.allim.log.EventLog;
import dev.allim.log.LogRecord;
import dev.allim.log.LogStart;
import dev.allim.log.Page;
import dev.allim.topic.TopicFilter;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the place behind which the newest few stand that a filter admits, from the end of the
 * log back, one stretch at a time, so that others have their turn in between. One thread at a time.
 */
final class NewestSearch {
  private final EventLog log;
  private final TopicFilter filter;
  private int left;
  private long before = EventLog.FROM_THE_END;
  private long place;
  private long truncatedUpTo;

  /** Of {@code count} at most. */
  NewestSearch(EventLog log, TopicFilter filter, int count) {
    this.log = log;
    this.filter = filter;
    this.left = count;
  }

  /** Reads the next stretch; absent if the place is further back still. */
  Optional<LogAnswer> readOn() {
    if (before == EventLog.FROM_THE_END) {
      place = log.status().head();
      truncatedUpTo = log.locate(new LogStart.Earliest(), filter).truncatedUpTo();
    }
    Page page = log.readBack(before, filter, left, LogReads.BYTES_A_STEP);
    page.items().forEach(this::count);
    before = page.upTo();
    return left == 0 || page.complete()
        ? Optional.of(LogAnswer.Next.of(List.of(), place, truncatedUpTo))
        : Optional.empty();
  }

  private void count(LogRecord stored) {
    if (filter.admits(stored.notification())) {
      left--;
      place = stored.position() - 1;
    }
  }
}
