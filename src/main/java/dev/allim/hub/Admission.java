package dev.allim.hub;

import dev.allim.hub.spi.Jitter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Who may open a stream: at most so many in all, and so many from one address. Who may not is told
 * when to come back; the more are turned away, the later, so that they return at a rate the hub can
 * answer. Safe for any thread.
 */
public final class Admission {
  /** Answering this many returning subscribers a second costs a small machine little. */
  private static final int RETURNS_A_SECOND = 500;

  private static final Duration LATEST_RETURN = Duration.ofMinutes(5);
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private final int mostStreams;
  private final int mostPerAddress;
  private final Duration retry;
  private final Jitter jitter;
  private final LongSupplier nanoTime;
  private final AtomicInteger streams = new AtomicInteger();
  private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private volatile long windowEnds;

  /** A limit of 0 is no limit. */
  public Admission(
      int mostStreams, int mostPerAddress, Duration retry, Jitter jitter, LongSupplier nanoTime) {
    this.mostStreams = mostStreams;
    this.mostPerAddress = mostPerAddress;
    this.retry = retry;
    this.jitter = jitter;
    this.nanoTime = nanoTime;
    this.windowEnds = nanoTime.getAsLong() + WINDOW_NANOS;
  }

  /**
   * Asks for a place for a stream from {@code address}.
   *
   * @return absent if it has one, to be given back by {@link #leave}; otherwise when to ask again
   */
  public Optional<Duration> enter(String address) {
    if (streams.incrementAndGet() > mostStreams && mostStreams > 0) {
      streams.decrementAndGet();
      return Optional.of(comeBack());
    }
    if (mostPerAddress > 0 && byAddress.merge(address, 1, Integer::sum) > mostPerAddress) {
      leave(address);
      return Optional.of(comeBack());
    }
    return Optional.empty();
  }

  /** Gives a place back. */
  public void leave(String address) {
    streams.decrementAndGet();
    if (mostPerAddress > 0) {
      byAddress.computeIfPresent(address, (same, count) -> count > 1 ? count - 1 : null);
    }
  }

  /** Streams that have a place now. */
  public int streams() {
    return streams.get();
  }

  private Duration comeBack() {
    startWindow();
    Duration spread = Duration.ofMillis(turnedAway.incrementAndGet() * 1000L / RETURNS_A_SECOND);
    Duration delay = jitter.around(retry.plus(spread));
    return delay.compareTo(LATEST_RETURN) < 0 ? delay : jitter.shorten(LATEST_RETURN);
  }

  /** Pressure fades: each window without refusals halves what is remembered of those before. */
  private void startWindow() {
    long now = nanoTime.getAsLong();
    if (now - windowEnds > 0) {
      long windows = Math.min(30, 1 + (now - windowEnds) / WINDOW_NANOS);
      windowEnds = now + WINDOW_NANOS;
      turnedAway.updateAndGet(count -> count >> windows);
    }
  }
}
