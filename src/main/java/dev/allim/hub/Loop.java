package dev.allim.hub;

import java.util.concurrent.Executor;

/** The one thread that a lane lives on. Tasks run in the order they were handed over. */
public interface Loop extends Executor {
  /** Whether the caller is that thread. */
  boolean isCurrent();
}
