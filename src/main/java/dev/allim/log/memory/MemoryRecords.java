package dev.allim.log.memory;

import dev.allim.log.Location;
import dev.allim.log.LogRecord;
import dev.allim.log.LogStart;
import dev.allim.log.Page;
import dev.allim.log.PageLimit;
import dev.allim.log.Places;
import dev.allim.log.engine.LogTime;
import dev.allim.notification.EventId;
import dev.allim.topic.Audience;
import dev.allim.topic.TopicFilter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is kept in memory, and what is known to be gone. Changed by one thread at a time, read by
 * any: what goes and what tells of that are seen together or not at all.
 */
final class MemoryRecords {
  /** Of reading beside what goes, before it waits until that is over. */
  private static final int TRIES = 3;

  private final Clock clock;
  private final Places places;
  private final int mostCount;
  private final long mostCharacters;
  private final NavigableMap<Long, LogRecord> kept = new ConcurrentSkipListMap<>();
  private final Map<EventId, Long> positions = new ConcurrentHashMap<>();
  private final MemoryTruncationMarks marks = new MemoryTruncationMarks();
  private final MemoryIds ids = new MemoryIds();
  private final StampedLock going = new StampedLock();
  private volatile long head;
  private volatile long count;
  private volatile long characters;

  /** Keeps at most so many notifications, and so many characters of their data. */
  MemoryRecords(Clock clock, Places places, int mostCount, long mostCharacters) {
    this.clock = clock;
    this.places = places;
    this.mostCount = mostCount;
    this.mostCharacters = mostCharacters;
  }

  long head() {
    return head;
  }

  long count() {
    return count;
  }

  long characters() {
    return characters;
  }

  boolean isKept(EventId id) {
    return positions.containsKey(id);
  }

  boolean hasReusedIds() {
    return ids.any();
  }

  // ---- changes: one thread at a time

  /** Takes what stands behind the head, and lets the oldest go that are too many then. */
  void append(List<LogRecord> appended, Instant now) {
    appended.forEach(this::keep);
    head = head() + appended.size();
    if (isTooMuch()) {
      letting(
          () -> {
            while (isTooMuch()) {
              letGo(kept.firstEntry().getValue(), now);
            }
          });
    }
  }

  private boolean isTooMuch() {
    return count > mostCount || characters > mostCharacters;
  }

  private void keep(LogRecord stored) {
    kept.put(stored.position(), stored);
    ids.kept(stored.notification().id());
    positions.put(stored.notification().id(), stored.position());
    weigh(1, stored);
  }

  private void weigh(int sign, LogRecord stored) {
    count = count() + sign;
    characters = characters() + sign * (long) stored.notification().characters();
  }

  /** See {@link LogTime}. */
  void settleTimes(Instant now) {
    kept.replaceAll((position, stored) -> stored.publishedBy(now));
    marks.settleTimes(now);
  }

  /** Lets all of a kind go; how many that were. */
  int letGo(Predicate<LogRecord> doomed, Instant now) {
    return letGoAll(kept.values().stream().filter(doomed).toList(), now);
  }

  /** Lets go what is kept at these positions; how many that were. */
  int letGo(List<Long> positions, Instant now) {
    return letGoAll(
        positions.stream().map(kept::get).flatMap(Stream::ofNullable).distinct().toList(), now);
  }

  private int letGoAll(List<LogRecord> gone, Instant now) {
    letting(() -> gone.forEach(stored -> letGo(stored, now)));
    return gone.size();
  }

  private void letting(Runnable go) {
    long stamp = going.writeLock();
    try {
      go.run();
    } finally {
      going.unlockWrite(stamp);
    }
  }

  private void letGo(LogRecord stored, Instant now) {
    kept.remove(stored.position());
    positions.remove(stored.notification().id());
    ids.gone(stored.notification().id());
    weigh(-1, stored);
    if (!stored.notification().expiredAt(now)) {
      marks.mark(stored);
    }
  }

  // ---- reading: any thread

  /** Nobody waits for anybody, unless much goes while somebody looks. */
  private <T> T atOneMoment(Supplier<T> reading) {
    for (int tries = 0; tries < TRIES; tries++) {
      long stamp = going.tryOptimisticRead();
      T read = reading.get();
      if (going.validate(stamp)) {
        return read;
      }
    }
    long stamp = going.readLock();
    try {
      return reading.get();
    } finally {
      going.unlockRead(stamp);
    }
  }

  Location locate(LogStart start, TopicFilter filter) {
    return atOneMoment(() -> start.find(new Finder(marks.upTo(filter), filter.audience())));
  }

  /** Finds where to begin, as of the moment in which something was known to be gone up to there. */
  private final class Finder implements LogStart.Finder<RuntimeException> {
    private final long truncatedUpTo;
    private final Audience audience;

    Finder(long truncatedUpTo, Audience audience) {
      this.truncatedUpTo = truncatedUpTo;
      this.audience = audience;
    }

    @Override
    public Location earliest() {
      return new Location.Known(oldest(), truncatedUpTo);
    }

    @Override
    public Location since(Instant instant) {
      return new Location.Known(
          Math.max(keptBefore(instant), marks.before(instant)), truncatedUpTo);
    }

    @Override
    public Location afterNotification(EventId id) {
      Long position = positions.get(id);
      LogRecord found = position == null ? null : kept.get(position);
      if (position == null || found == null || !audience.maySee(found.notification())) {
        return new Location.Unknown(oldest(), truncatedUpTo);
      }
      return ids.isDoubtful(id)
          ? new Location.Ambiguous(oldest(), truncatedUpTo)
          : new Location.Known(position, truncatedUpTo);
    }

    @Override
    public Location afterPlace(EventId id) {
      OptionalLong place = places.open(id);
      return place.isPresent() && place.getAsLong() <= head
          ? new Location.Known(place.getAsLong(), truncatedUpTo)
          : new Location.Unknown(oldest(), truncatedUpTo);
    }
  }

  private long oldest() {
    Map.Entry<Long, LogRecord> oldest = kept.firstEntry();
    return oldest == null ? head : oldest.getKey() - 1;
  }

  private long keptBefore(Instant instant) {
    for (LogRecord stored : kept.descendingMap().values()) {
      if (stored.published().isBefore(instant)) {
        return stored.position();
      }
    }
    return 0;
  }

  Page read(long after, TopicFilter filter, int most, int mostBytes) {
    return atOneMoment(
        () -> readNow(after, filter, most, mostBytes).truncatedUpTo(marks.upTo(filter)));
  }

  private Page readNow(long after, TopicFilter filter, int most, int mostBytes) {
    long upTo = head;
    if (after >= upTo) {
      return new Page(List.of(), after, true);
    }
    PageLimit page = new PageLimit(clock.instant(), most, mostBytes);
    for (LogRecord stored : kept.subMap(after, false, upTo, true).values()) {
      if (page.admits(filter, stored.notification())) {
        page.add(stored);
      }
      if (page.isFull()) {
        return new Page(page.items(), stored.position(), stored.position() == upTo);
      }
    }
    return new Page(page.items(), upTo, true);
  }

  Page readBack(long before, TopicFilter filter, int most, int mostBytes) {
    return atOneMoment(() -> readBackNow(before, filter, most, mostBytes));
  }

  private Page readBackNow(long before, TopicFilter filter, int most, int mostBytes) {
    PageLimit page = new PageLimit(clock.instant(), most, mostBytes);
    long end = Math.min(before, head + 1);
    for (LogRecord stored : kept.headMap(end, false).descendingMap().values()) {
      if (page.admits(filter, stored.notification())) {
        page.add(stored);
      }
      if (page.isFull()) {
        return new Page(page.items(), stored.position(), stored.position() == oldest() + 1);
      }
    }
    return new Page(page.items(), 0, true);
  }

  /** The state as it is now. */
  MemorySnapshot state(TopicFilter filter) {
    long upTo = head;
    return new MemorySnapshot(kept.headMap(upTo, true), clock, filter, upTo);
  }
}
