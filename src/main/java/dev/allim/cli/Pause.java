package dev.allim.cli;

import dev.allim.cli.client.CommandFailedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits before something is tried again. */
final class Pause {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 10;

  private Pause() {}

  /** As long as that. */
  static void of(Duration time) {
    try {
      new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      throw CommandFailedException.failed("interrupted");
    }
  }

  /** Twice as long each time, up to half a minute, and no two programs alike. */
  static Duration before(int attempt, Duration first) {
    Duration doubled = first.multipliedBy(1L << Math.min(attempt, MOST_DOUBLINGS));
    long millis = Math.min(doubled.toMillis(), LONGEST.toMillis());
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
