package dev.allim.log.memory;

import dev.allim.log.LogRecord;
import dev.allim.log.MatchingBudget;
import dev.allim.log.Page;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where each topic has been truncated last; of too many topics, where any was. */
final class MemoryTruncationMarks {
  private static final int MOST = 10_000;

  /** About 10 ms of one core; whatever is not looked at by then counts as asked for. */
  private static final long MATCHING = 10L << 20;

  private final Map<Topic, Mark> marks = new ConcurrentHashMap<>();
  private volatile Mark any = new Mark(0, Instant.MIN);

  private record Mark(long position, Instant published) {
    Mark newer(Mark other) {
      return other.position > position ? other : this;
    }

    Mark publishedBy(Instant now) {
      return published.isAfter(now) ? new Mark(position, now) : this;
    }
  }

  /** Remembers that it is gone; one thread at a time. */
  void mark(LogRecord stored) {
    Mark mark = new Mark(stored.position(), stored.published());
    for (Topic topic : stored.notification().topics()) {
      marks.merge(topic, mark, Mark::newer);
    }
    if (marks.size() > MOST) {
      any = marks.values().stream().reduce(any, Mark::newer);
      marks.clear();
    }
  }

  /** What is stamped later than now was published by now at the latest; one thread at a time. */
  void settleTimes(Instant now) {
    marks.replaceAll((topic, mark) -> mark.publishedBy(now));
    any = any.publishedBy(now);
  }

  /** See {@link Page#truncatedUpTo}. */
  long upTo(TopicFilter interest) {
    long newest = any.position();
    MatchingBudget matching = new MatchingBudget(MATCHING);
    for (Map.Entry<Topic, Mark> entry : marks.entrySet()) {
      if (entry.getValue().position() > newest
          && (matching.isSpent() || interest.wants(List.of(entry.getKey()), matching))) {
        newest = entry.getValue().position();
      }
    }
    return newest;
  }

  /** The newest position that is gone of what was published before {@code instant}, or 0. */
  long before(Instant instant) {
    long newest = any.published().isBefore(instant) ? any.position() : 0;
    for (Mark mark : marks.values()) {
      if (mark.position() > newest && mark.published().isBefore(instant)) {
        newest = mark.position();
      }
    }
    return newest;
  }
}
