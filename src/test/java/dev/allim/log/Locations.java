package dev.allim.log;

import static dev.allim.log.Notifications.filter;

import dev.allim.notification.EventId;
import dev.allim.topic.TopicFilter;
import java.time.Instant;
import java.util.OptionalLong;

/** Where things are in a log, as these tests ask. */
public final class Locations {
  private Locations() {}

  /** Of a notification or a place, absent unless it is known. */
  public static OptionalLong find(EventLog log, EventId id) {
    return log.locate(new LogStart.After(id), filter("*")) instanceof Location.Known known
        ? OptionalLong.of(known.position())
        : OptionalLong.empty();
  }

  public static boolean isKept(EventLog log, EventId id) {
    return !(log.locate(new LogStart.After(id), filter("*")) instanceof Location.Unknown);
  }

  public static long before(EventLog log, Instant instant) {
    return log.locate(new LogStart.Since(instant), filter("*")).position();
  }

  public static long earliest(EventLog log) {
    return log.locate(new LogStart.Earliest(), filter("*")).position();
  }

  /** Up to where something is gone, as both who begins and who reads on are told. */
  public static long truncatedUpTo(EventLog log, TopicFilter filter) {
    long upTo = log.locate(new LogStart.Earliest(), filter).truncatedUpTo();
    long told = log.read(log.status().head(), filter, 1, 1).truncatedUpTo();
    if (upTo != told) {
      throw new AssertionError("%d is not %d".formatted(upTo, told));
    }
    return upTo;
  }
}
