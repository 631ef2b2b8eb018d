package dev.allim.ops;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

/**
 * Sees in what is logged that memory has run out, and says when the program has to end. Of the heap
 * that is at once: whichever thread was refused may be one that others wait for. Of the memory
 * outside the heap it is when it lasts: sockets give back what they hold, and who was refused was
 * told. Safe for any thread.
 */
final class MemoryFaults extends Handler {
  static final Duration LASTS = Duration.ofSeconds(10);

  private static final int MOST_CAUSES = 16;

  private final Runnable end;
  private final LongSupplier nanoTime;

  /** Of a series of refusals outside the heap, without a break as long as it may last. */
  private long first;

  private long last;
  private boolean refused;

  MemoryFaults(Runnable end, LongSupplier nanoTime) {
    this.end = end;
    this.nanoTime = nanoTime;
  }

  @Override
  public void publish(LogRecord entry) {
    Throwable thrown = entry.getThrown();
    if (thrown != null) {
      look(thrown);
    }
  }

  /** Ends the program if this, or what caused it, says that it must. */
  void look(Throwable fault) {
    Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
        .limit(MOST_CAUSES)
        .filter(OutOfMemoryError.class::isInstance)
        .findFirst()
        .ifPresent(this::ranOut);
  }

  private void ranOut(Throwable fault) {
    if (!isOutsideTheHeap(fault) || lasts(nanoTime.getAsLong())) {
      end.run();
    }
  }

  /** Netty has a type for it, the JDK has not; both call it direct memory. */
  private static boolean isOutsideTheHeap(Throwable fault) {
    String message = fault.getMessage();
    return message != null && message.contains("direct");
  }

  private synchronized boolean lasts(long now) {
    if (!refused || now - last > LASTS.toNanos()) {
      refused = true;
      first = now;
    }
    last = now;
    return now - first >= LASTS.toNanos();
  }

  @Override
  public void flush() {
    // nothing is held back
  }

  @Override
  public void close() {
    // nothing is open
  }
}
