package dev.allim.notification;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes ids of the form {@code urn:uuid:<UUIDv8>} (RFC 9562, 5.8): unique without coordination, and
 * in the order in which this generator made them. They are laid out as version 7 is; that the
 * version is another one tells them from those that publishers make, so that no publisher can give
 * one of them again. Safe for any number of threads, without a lock.
 */
public final class TimeOrderedIds {
  /**
   * The 12 bits behind the millisecond count the ids of that millisecond (RFC 9562, 6.2, method 1).
   */
  private static final int COUNTER_BITS = 12;

  private static final long VERSION_8 = 0x8000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long RANDOM_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

  private final Clock clock;
  private final RandomGenerator random;
  private final AtomicLong last = new AtomicLong();

  /**
   * Takes the time from {@code clock}; {@code random} must be safe for the threads that call {@link
   * #next()}.
   */
  public TimeOrderedIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new id, greater than every one before, even when the clock steps back. */
  public EventId next() {
    long now = clock.millis() << COUNTER_BITS;
    long tick = last.updateAndGet(previous -> Math.max(previous + 1, now));
    long high = (tick >>> COUNTER_BITS) << 16 | VERSION_8 | (tick & ((1 << COUNTER_BITS) - 1));
    long low = VARIANT | (random.nextLong() & RANDOM_MASK);
    return new EventId("urn:uuid:" + new UUID(high, low));
  }
}
