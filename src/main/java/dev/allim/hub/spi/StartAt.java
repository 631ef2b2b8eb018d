package dev.allim.hub.spi;

import dev.allim.notification.EventId;
import java.time.Instant;
import java.util.Optional;

/** Where in the hub's order a subscriber begins. */
public sealed interface StartAt {
  /** Whoever has to know which it is says what each is for him; a new one is missed there. */
  <R> R accept(Cases<R> cases);

  /**
   * What is to be done for each.
   *
   * @param <R> what comes of it
   */
  interface Cases<R> {
    /** See {@link Now}. */
    R now();

    /** See {@link Behind}. */
    R behind(Behind behind);

    /** See {@link Located}. */
    R located(Located located);

    /** See {@link AfterUnknown}. */
    R afterUnknown();

    /** It has to be looked for in the log. */
    R sought(Sought sought);
  }

  /** What has to be looked for in the log. */
  sealed interface Sought extends StartAt {
    /** The id that the subscriber names, to be told with a gap. */
    default Optional<EventId> lastId() {
      return Optional.empty();
    }

    /** As {@link StartAt#accept}, for those that are looked for. */
    <R> R seek(Seeking<R> seeking);

    @Override
    default <R> R accept(Cases<R> cases) {
      return cases.sought(this);
    }
  }

  /**
   * How each is found.
   *
   * @param <R> what comes of it
   */
  interface Seeking<R> {
    /** See {@link After}. */
    R after(EventId id);

    /** See {@link Earliest}. */
    R earliest();

    /** See {@link Since}. */
    R since(Instant instant);

    /** See {@link Latest}. */
    R latest(Optional<EventId> after);

    /** See {@link Last}. */
    R last(int count);
  }

  /** With what is published from now on. */
  record Now() implements StartAt {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.now();
    }
  }

  /**
   * With what is published from a moment on that the hub remembers, see {@code
   * NotificationHub.here}.
   *
   * @param position the newest there was then
   */
  record Behind(long position) implements StartAt {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.behind(this);
    }
  }

  /**
   * With what stands behind a place that was found out before, see {@code NotificationHub.locate}.
   *
   * @param position the place
   * @param lastId the id that the subscriber named, if it is known and stands there
   * @param gap what the subscriber will be told that it misses
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

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.located(this);
    }
  }

  /**
   * Behind a notification that the subscriber has.
   *
   * @param id its id; if the hub does not know it any more, the subscriber is told by a {@code gap}
   *     event
   */
  record After(EventId id) implements Sought {
    @Override
    public Optional<EventId> lastId() {
      return Optional.of(id);
    }

    @Override
    public <R> R seek(Seeking<R> seeking) {
      return seeking.after(id);
    }
  }

  /**
   * Behind something that the subscriber names and no hub of this kind could have sent it: it is
   * told by a {@code gap} event.
   */
  record AfterUnknown() implements StartAt {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.afterUnknown();
    }
  }

  /** With the oldest that is kept. */
  record Earliest() implements Sought {
    @Override
    public <R> R seek(Seeking<R> seeking) {
      return seeking.earliest();
    }
  }

  /**
   * With the oldest kept that was published at a moment or after it.
   *
   * @param instant the moment
   */
  record Since(Instant instant) implements Sought {
    @Override
    public <R> R seek(Seeking<R> seeking) {
      return seeking.since(instant);
    }
  }

  /**
   * With the current state, the newest of each topic and key, and then with every change of it.
   *
   * @param after a notification up to which the subscriber has the state; absent if it has none of
   *     it
   */
  record Latest(Optional<EventId> after) implements Sought {
    /** With all of the state. */
    public Latest() {
      this(Optional.empty());
    }

    @Override
    public <R> R seek(Seeking<R> seeking) {
      return seeking.latest(after);
    }
  }

  /**
   * With the newest that the subscriber may see of what it asks for, and then with what is new.
   *
   * @param count how many at most, from 1
   */
  record Last(int count) implements Sought {
    @Override
    public <R> R seek(Seeking<R> seeking) {
      return seeking.last(count);
    }
  }
}
