package dev.allim.hub.spi;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads moments, so that those who began together do not come back together.
 *
 * @param random safe for the threads that use it
 */
public record Jitter(RandomGenerator random) {
  /** Between half and one and a half of {@code delay}: the same in the mean. */
  public Duration around(Duration delay) {
    return scaled(delay, 0.5 + random.nextDouble());
  }

  /** Between nine tenths and all of {@code age}: never later than promised. */
  public Duration shorten(Duration age) {
    return scaled(age, 0.9 + 0.1 * random.nextDouble());
  }

  /** Anywhere from {@code least} to {@code most}. */
  public Duration between(Duration least, Duration most) {
    return least.plus(scaled(most.minus(least), random.nextDouble()));
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }
}
