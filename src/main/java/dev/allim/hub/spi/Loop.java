package dev.allim.hub.spi;

import java.util.concurrent.Executor;

/** The one thread that a lane lives on. Tasks run in the order they were handed over. */
public interface Loop extends Executor {
  /** Whether the caller is that thread. */
  boolean isCurrent();

  /**
   * Runs {@code task} when the loop has looked at its connections once more and given way to a
   * writer that is at work, so that work in many pieces keeps nobody waiting. Only on that thread.
   */
  void nextRound(Runnable task);
}
