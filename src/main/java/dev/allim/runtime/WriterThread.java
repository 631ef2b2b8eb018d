package dev.allim.runtime;

import dev.allim.hub.spi.HubEnvironment;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * The thread that waits for the disk. Any thread may ask whether it is at work. A task that fails
 * is logged, and the next one has its turn.
 */
final class WriterThread implements HubEnvironment.Writer {
  private static final Logger LOG = Logger.getLogger(WriterThread.class);

  private final ExecutorService executor = Executors.newSingleThreadExecutor(this::thread);
  private final AtomicInteger tasks = new AtomicInteger();
  private final long pauseNanos;
  private volatile Optional<Thread> thread = Optional.empty();
  private volatile boolean pauses;

  /** One whose pauses are that long, if nobody wakes it; zero for none. */
  WriterThread(Duration pause) {
    pauseNanos = pause.toNanos();
  }

  private Thread thread(Runnable task) {
    Thread made = new Thread(task, "allim-writer");
    thread = Optional.of(made);
    return made;
  }

  @Override
  public void execute(Runnable task) {
    tasks.incrementAndGet();
    executor.execute(() -> run(task));
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

  /** May end early for no reason, which costs nothing but a smaller commit. */
  @Override
  public void pause() {
    if (pauseNanos > 0) {
      pauses = true;
      LockSupport.parkNanos(this, pauseNanos);
      pauses = false;
    }
  }

  @Override
  public void wake() {
    thread.ifPresent(LockSupport::unpark);
  }

  /** Whether it has something to do, and so wants a core now or as soon as the disk answers. */
  boolean isBusy() {
    return tasks.get() > 0 && !pauses;
  }

  /** Takes nothing more; what it has is done. */
  void shutdown() {
    executor.shutdown();
  }
}
