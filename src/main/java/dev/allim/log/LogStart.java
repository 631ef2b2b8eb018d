package dev.allim.log;

import dev.allim.notification.EventId;
import java.time.Instant;

/** Where in a log somebody wants to begin, see {@link EventLog#locate}. */
public sealed interface LogStart {
  /** Finds it: an engine says how, of each kind. */
  <X extends Exception> Location find(Finder<X> finder) throws X;

  /** With the oldest that is kept. */
  record Earliest() implements LogStart {
    @Override
    public <X extends Exception> Location find(Finder<X> finder) throws X {
      return finder.earliest();
    }
  }

  /**
   * With the oldest kept that was published at a moment or after it.
   *
   * @param instant the moment
   */
  record Since(Instant instant) implements LogStart {
    @Override
    public <X extends Exception> Location find(Finder<X> finder) throws X {
      return finder.since(instant);
    }
  }

  /**
   * Behind a notification, or a {@linkplain Places place}.
   *
   * @param id that of it
   */
  record After(EventId id) implements LogStart {
    @Override
    public <X extends Exception> Location find(Finder<X> finder) throws X {
      return id.isPlace() ? finder.afterPlace(id) : finder.afterNotification(id);
    }
  }

  /**
   * How an engine finds each kind.
   *
   * @param <X> what looking may throw
   */
  interface Finder<X extends Exception> {
    /** See {@link Earliest}. */
    Location earliest() throws X;

    /** See {@link Since}. */
    Location since(Instant instant) throws X;

    /** See {@link After}, for the id of a notification. */
    Location afterNotification(EventId id) throws X;

    /** See {@link After}, for the id of a place. */
    Location afterPlace(EventId id) throws X;
  }
}
