package dev.allim.log.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries, each about twice as long as the one before, and not the same on every
 * machine. For one thread; any may end it.
 */
final class BackOff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final RandomGenerator random;
  private final CountDownLatch over = new CountDownLatch(1);
  private Duration next = FIRST;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  /** It went well: the next pause is short again. */
  void reset() {
    next = FIRST;
  }

  /** How long the next pause is, from half to one and a half of what it would be on average. */
  Duration next() {
    Duration pause = next.dividedBy(2).plusMillis(random.nextLong(next.toMillis()));
    next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    return pause;
  }

  /** Waits, unless it is over. */
  void pause() {
    try {
      if (over.await(next().toMillis(), TimeUnit.MILLISECONDS)) {
        next = FIRST;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      over.countDown();
    }
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  /** No more tries, and no more waiting. */
  void end() {
    over.countDown();
  }
}
