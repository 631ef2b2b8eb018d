package dev.allim.presence;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Does tasks one after another, in their order, on threads of others; what they share needs no
 * lock. Handing one over never blocks. Any thread.
 */
final class OneAtATime implements Executor {
  private static final Logger LOG = Logger.getLogger(OneAtATime.class);

  private final Executor threads;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  OneAtATime(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      threads.execute(this::doAll);
    }
  }

  private void doAll() {
    int done;
    do {
      done = 0;
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        guarded(task);
        done++;
      }
    } while (waiting.addAndGet(-done) > 0);
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error fault) {
      LOG.error("What is told of those who listen met a fault; the next goes on", fault);
    }
  }
}
