package dev.allim.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The thread that waits for the disk. Any thread may ask whether it is at work. A task that fails
 * is logged, and the next one has its turn.
 */
final class WriterThread implements Executor {
  private static final Logger LOG = Logger.getLogger(WriterThread.class);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "allim-writer"));
  private final AtomicInteger tasks = new AtomicInteger();

  @Override
  public void execute(Runnable task) {
    tasks.incrementAndGet();
    thread.execute(() -> run(task));
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error fault) {
      LOG.error("A task of the writer failed; the next one runs", fault);
    } finally {
      tasks.decrementAndGet();
    }
  }

  /** Whether it has something to do, and so wants a core now or as soon as the disk answers. */
  boolean isBusy() {
    return tasks.get() > 0;
  }

  /** Takes nothing more; what it has is done. */
  void shutdown() {
    thread.shutdown();
  }
}
