package dev.allim.log.retention;

import dev.allim.log.LogEngine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Sweeps a log from time to time, on a thread of its own. */
public final class RetentionTask implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RetentionTask.class);

  private final LogEngine log;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(RetentionTask::thread);

  // the thread's
  private boolean failing;

  public RetentionTask(LogEngine log, Clock clock, Duration every) {
    this.log = log;
    this.clock = clock;
    thread.scheduleWithFixedDelay(
        this::enforceRetention, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "allim-history");
    thread.setDaemon(true);
    return thread;
  }

  /** A task that threw would not be run again. */
  private void enforceRetention() {
    try {
      log.enforceRetention(clock.instant());
      failing = false;
    } catch (RuntimeException e) {
      if (!thread.isShutdown()) {
        tell(e);
      }
    }
  }

  /** Once, until it goes well again. */
  private void tell(RuntimeException failure) {
    if (!failing) {
      LOG.warnf("The history could not be swept; it will be tried again. %s", failure.getMessage());
    }
    LOG.debug("Sweeping failed", failure);
    failing = true;
  }

  /** No sweep begins any more; one that is going on ends with the log. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
