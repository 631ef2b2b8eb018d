package dev.allim.hub.lane;

import dev.allim.hub.spi.Jitter;
import java.time.Duration;

/**
 * How the streams of a hub that ends are spread over time, so that whoever takes over is not
 * stormed: they end evenly over the window, and each is asked to come back at its own moment.
 *
 * @param beginsAt when the window begins, in the hub's nanoseconds
 * @param window over which streams end; zero for at once
 * @param spread over which subscribers come back
 */
public record Drain(long beginsAt, Duration window, Duration spread) {
  /** How many of {@code atFirst} streams stay at {@code now}. */
  int stay(int atFirst, long now) {
    long since = now - beginsAt;
    if (since < 0) {
      return atFirst;
    }
    long length = window.toNanos();
    return since >= length ? 0 : (int) Math.ceil(atFirst * (1 - (double) since / length));
  }

  /** Anywhere between half of {@code usual} and the spread; about the usual without a spread. */
  public Duration retry(Duration usual, Jitter jitter) {
    Duration least = usual.dividedBy(2);
    return spread.compareTo(least) > 0 ? jitter.between(least, spread) : jitter.around(usual);
  }
}
