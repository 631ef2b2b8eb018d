package dev.allim.hub;

import dev.allim.hub.spi.Loop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An event loop that runs its tasks when the test says so, on the test's thread; any may give it
 * some.
 */
public final class ManualLoop implements Loop {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private boolean current;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void nextRound(Runnable task) {
    execute(task);
  }

  @Override
  public boolean isCurrent() {
    return current;
  }

  /** Tasks that wait. */
  public int waiting() {
    return tasks.size();
  }

  /** Runs the task that has waited longest; false if there is none. */
  public boolean runOne() {
    Runnable task = tasks.poll();
    if (task == null) {
      return false;
    }
    on(task);
    return true;
  }

  /** Runs until nothing waits, those included that come up meanwhile. */
  public void runAll() {
    int most = 100_000;
    while (runOne()) {
      if (--most == 0) {
        throw new AssertionError("The loop never comes to rest");
      }
    }
  }

  /** Does {@code work} as this loop. */
  void on(Runnable work) {
    boolean before = current;
    current = true;
    try {
      work.run();
    } finally {
      current = before;
    }
  }
}
