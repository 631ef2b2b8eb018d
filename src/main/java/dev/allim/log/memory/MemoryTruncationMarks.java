package dev.allim.log.memory;

import dev.allim.log.LogRecord;
import dev.allim.log.Page;
import dev.allim.log.engine.TruncatedFor;
import dev.allim.log.engine.TruncatedFor.Hidden;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Where each topic has been truncated last; of too many topics, where any was. What was private is
 * marked apart, by all topics of a notification, as nobody is told of it who might not see it.
 */
final class MemoryTruncationMarks {
  private static final int MOST = 10_000;

  private static final Mark NONE = new Mark(0, Instant.MIN);

  private final Map<Topic, Mark> marks = new ConcurrentHashMap<>();
  private final Map<Hidden, Mark> hidden = new ConcurrentHashMap<>();
  private volatile Mark any = NONE;
  private volatile Mark anyHidden = NONE;

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
    if (stored.notification().isPrivate()) {
      hide(new Hidden(stored.notification().topics()), mark);
      return;
    }
    for (Topic topic : stored.notification().topics()) {
      marks.merge(topic, mark, Mark::newer);
    }
    if (marks.size() > MOST) {
      any = marks.values().stream().reduce(any, Mark::newer);
      marks.clear();
    }
  }

  private void hide(Hidden gone, Mark mark) {
    hidden.merge(gone, mark, Mark::newer);
    if (hidden.size() > MOST) {
      anyHidden = hidden.values().stream().reduce(anyHidden, Mark::newer);
      hidden.clear();
    }
  }

  /** What is stamped later than now was published by now at the latest; one thread at a time. */
  void settleTimes(Instant now) {
    marks.replaceAll((topic, mark) -> mark.publishedBy(now));
    any = any.publishedBy(now);
    hidden.replaceAll((gone, mark) -> mark.publishedBy(now));
    anyHidden = anyHidden.publishedBy(now);
  }

  /** See {@link Page#truncatedUpTo}. */
  long upTo(TopicFilter filter) {
    TruncatedFor asking = new TruncatedFor(filter);
    long newest = asking.ofPublic(marks, Mark::position, any.position());
    return filter.audience() instanceof Audience.Public
        ? newest
        : asking.ofPrivate(hidden, Mark::position, Math.max(newest, anyHidden.position()));
  }

  /** The newest position that is gone of what was published before {@code instant}, or 0. */
  long before(Instant instant) {
    return Stream.of(Stream.of(any, anyHidden), marks.values().stream(), hidden.values().stream())
        .flatMap(all -> all)
        .filter(mark -> mark.published().isBefore(instant))
        .mapToLong(Mark::position)
        .max()
        .orElse(0);
  }
}
