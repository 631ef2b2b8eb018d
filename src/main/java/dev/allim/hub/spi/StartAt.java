package dev.allim.hub.spi;

import dev.allim.notification.EventId;
import java.time.Instant;
import java.util.Optional;

/** Where in the hub's order a reader begins. */
public sealed interface StartAt {
  /** With what is published from now on. */
  record Now() implements StartAt {}

  /**
   * With what is published from a moment on that the hub remembers, see {@code
   * NotificationHub.here}.
   *
   * @param position the newest there was then
   */
  record Behind(long position) implements StartAt {}

  /**
   * With what stands behind a place that was found out before, see {@code NotificationHub.locate}.
   *
   * @param position the place
   * @param lastId the id that the reader named, if it is known and stands there
   * @param gap what the reader will be told that it misses
   * @param knownTruncated up to where nothing needs to be said of what is gone
   */
  record Located(long position, Optional<EventId> lastId, Optional<Gap> gap, long knownTruncated)
      implements StartAt {
    public static Located at(long position) {
      return new Located(position, Optional.empty(), Optional.empty(), 0);
    }

    public Located missing(Gap missed) {
      return new Located(position, lastId, Optional.of(missed), knownTruncated);
    }
  }

  /**
   * Behind a notification that the reader has.
   *
   * @param id its id; if the hub does not know it any more, the reader is told by a {@code gap}
   *     event
   */
  record After(EventId id) implements StartAt {}

  /**
   * Behind something that the reader names and no hub of this kind could have sent it: it is told
   * by a {@code gap} event.
   */
  record AfterUnknown() implements StartAt {}

  /** With the oldest that is kept. */
  record Earliest() implements StartAt {}

  /**
   * With the oldest kept that was published at a moment or after it.
   *
   * @param instant the moment
   */
  record Since(Instant instant) implements StartAt {}

  /**
   * With the current state, the newest of each topic and key, and then with every change of it.
   *
   * @param after a notification up to which the reader has the state; absent if it has none of it
   */
  record Latest(Optional<EventId> after) implements StartAt {
    /** With all of the state. */
    public Latest() {
      this(Optional.empty());
    }
  }
}
