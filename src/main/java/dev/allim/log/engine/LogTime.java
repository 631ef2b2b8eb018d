package dev.allim.log.engine;

import java.time.Duration;
import java.time.Instant;

/** How far the times in a log may run ahead of the clock. */
public final class LogTime {
  /** A clock that is set back by less is waited for. */
  private static final Duration MOST_AHEAD = Duration.ofMinutes(1);

  /**
   * A machine that does not know the time yet says 1970; what it says is no reason for anything.
   */
  private static final Instant PLAUSIBLE = Instant.parse("2025-01-01T00:00:00Z");

  private LogTime() {}

  /** Whether a log with this newest time was written by a clock that was ahead. */
  public static boolean isAhead(Instant lastPublished, Instant now) {
    return isPlausible(now) && lastPublished.isAfter(now.plus(MOST_AHEAD));
  }

  /** Whether this is what a clock says that knows the time. */
  public static boolean isPlausible(Instant now) {
    return now.isAfter(PLAUSIBLE);
  }
}
