package dev.allim.log.memory;

import dev.allim.log.LogRecord;
import dev.allim.log.Page;
import dev.allim.log.PageLimit;
import dev.allim.log.Snapshot;
import dev.allim.log.StateKey;
import dev.allim.notification.Notification;
import dev.allim.topic.TopicFilter;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The state in memory: the positions that it has, sought once. */
final class MemorySnapshot implements Snapshot {
  private final NavigableMap<Long, LogRecord> kept;
  private final Clock clock;
  private final TopicFilter filter;
  private final long upTo;
  private Optional<NavigableSet<Long>> found = Optional.empty();

  /** Of what is {@code kept} up to {@code upTo}, which may be let go at any time. */
  MemorySnapshot(NavigableMap<Long, LogRecord> kept, Clock clock, TopicFilter filter, long upTo) {
    this.kept = kept;
    this.clock = clock;
    this.filter = filter;
    this.upTo = upTo;
  }

  private NavigableSet<Long> positions() {
    NavigableSet<Long> positions = found.orElseGet(this::seek);
    found = Optional.of(positions);
    return positions;
  }

  private NavigableSet<Long> seek() {
    Instant now = clock.instant();
    Set<StateKey> seen = new HashSet<>();
    NavigableSet<Long> newest = new TreeSet<>();
    for (LogRecord stored : kept.descendingMap().values()) {
      Notification notification = stored.notification();
      if (!notification.expiredAt(now)
          && filter.admits(notification)
          && seen.add(StateKey.of(notification))) {
        newest.add(stored.position());
      }
    }
    return newest;
  }

  @Override
  public Page read(long after, int most, int mostBytes) {
    PageLimit page = new PageLimit(clock.instant(), most, mostBytes);
    long last = after;
    for (long position : positions().tailSet(after, false)) {
      if (page.isFull()) {
        return new Page(page.items(), last, false);
      }
      Optional.ofNullable(kept.get(position)).ifPresent(page::add);
      last = position;
    }
    return new Page(page.items(), upTo, true);
  }

  /** Those of {@code items} that are part of it. */
  List<LogRecord> of(List<LogRecord> items) {
    return items.stream().filter(stored -> positions().contains(stored.position())).toList();
  }
}
