package dev.allim.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock on the wall that a test moves by hand. Any thread may look at it. */
public class HandClock extends Clock {
  /** What it shows at first. */
  public static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private volatile Instant now = START;
  private volatile boolean fails;

  /** Moves it forward. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

  /** Sets it, backward too. */
  public void set(Instant instant) {
    now = instant;
  }

  /** Whoever asks next gets an exception. */
  public void failOnce() {
    fails = true;
  }

  @Override
  public Instant instant() {
    if (fails) {
      fails = false;
      throw new IllegalStateException("the clock has stopped");
    }
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the hub knows no zones");
  }
}
