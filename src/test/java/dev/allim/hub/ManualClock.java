package dev.allim.hub;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Time that passes when the test says so. Starts below zero, as {@code nanoTime} may. */
public final class ManualClock implements LongSupplier {
  private long nanos = -Duration.ofSeconds(20).toNanos();

  @Override
  public long getAsLong() {
    return nanos;
  }

  public void pass(Duration duration) {
    nanos += duration.toNanos();
  }
}
