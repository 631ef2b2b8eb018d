package dev.allim.hub.spi;

import java.time.Duration;

/** Timers for the hub's own clockwork. Safe for any thread. */
@FunctionalInterface
public interface Scheduler {
  /** A task that is run again and again. */
  @FunctionalInterface
  interface Timer {
    /** From now on it is not begun any more. Doing it again changes nothing. */
    void cancel();
  }

  /**
   * Runs {@code task} every {@code period}, for the first time after one of them, on whatever
   * thread; the task is short and does not throw.
   */
  Timer every(Duration period, Runnable task);
}
