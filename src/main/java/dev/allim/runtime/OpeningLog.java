package dev.allim.runtime;

import dev.allim.log.LogEngine;
import dev.allim.log.LogUnavailableException;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import io.vertx.redis.client.Redis;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jboss.logging.Logger;

/**
 * Opens the history's file beside the start, on a thread of its own: a tenth of the start goes into
 * it, and neither needs the other until the hub is made. That waits for it, so nothing is accepted
 * before the history is open, and has its fault if there is one.
 */
@Singleton
class OpeningLog implements VertxOptionsCustomizer {
  private static final Logger LOG = Logger.getLogger(OpeningLog.class);

  private final boolean besideStart;
  private final FutureTask<LogEngine> opening;
  // both set and read by whoever starts and stops the program
  private boolean begun;
  private boolean taken;

  @Inject
  OpeningLog(HistoryConfig config, Clock clock, InjectableInstance<Redis> redis) {
    this(
        config.keptBy() == HistoryEngine.SQLITE,
        () -> EventLogs.open(config, clock, () -> redis.listActive().stream().findFirst()));
  }

  /**
   * @param besideStart whether it is opened before somebody takes it
   */
  OpeningLog(boolean besideStart, Callable<LogEngine> opener) {
    this.besideStart = besideStart;
    this.opening = new FutureTask<>(opener);
  }

  /**
   * Called before Vert.x is made, which is the first that happens once there is a configuration.
   */
  @Override
  public void accept(VertxOptions options) {
    if (besideStart) {
      begun = true;
      new Thread(opening, "allim-open").start();
    }
  }

  /** The log, opened now if nobody has begun to; it is the caller's to close. */
  LogEngine take() {
    taken = true;
    return opened();
  }

  /** A start that failed elsewhere leaves no file open. */
  @PreDestroy
  void close() {
    if (begun && !taken) {
      try {
        opened().close();
      } catch (LogUnavailableException notOpened) {
        LOG.debug("The history was not opened either", notOpened);
      }
    }
  }

  private LogEngine opened() {
    if (!begun) {
      opening.run();
    }
    try {
      return opening.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The start was interrupted", interrupted);
    } catch (ExecutionException failed) {
      throw fault(failed);
    }
  }

  /** As it was thrown by what opened it. */
  private static RuntimeException fault(ExecutionException failed) {
    if (failed.getCause() instanceof Error error) {
      throw error;
    }
    return failed.getCause() instanceof RuntimeException fault
        ? fault
        : new IllegalStateException("The history cannot be opened", failed);
  }
}
