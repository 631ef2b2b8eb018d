package dev.allim.ops;

import dev.allim.hub.NotificationHub;
import dev.allim.hub.settings.Bounds;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Ends the program when it is asked to: not ready any more and no new streams at once, then the
 * streams that are open over a window, then exit 0. While that lasts the hub serves probes and
 * publishers as ever, and hands on what they publish to those who are still there. Asked again, or
 * when the window is over, it ends at once.
 *
 * <p>This takes the place of the signal handling of Quarkus, which closes the server before
 * anything of ours is asked; in development and in tests, where the process is not ours, it does
 * nothing.
 */
@Singleton
public class GracefulEnd {
  private static final Logger LOG = Logger.getLogger(GracefulEnd.class);

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final String WAITING = "whoever stops the program waits this long";

  /** A loop that is stuck must not keep the program from ending. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final NotificationHub hub;
  private final MeteredHub metered;
  private final DrainConfig config;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();

  GracefulEnd(NotificationHub hub, MeteredHub metered, DrainConfig config) {
    this.hub = hub;
    this.metered = metered;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    Bounds.check("allim.drain.window", config.window(), Duration.ZERO, LONGEST, WAITING);
    Bounds.check("allim.drain.delay", config.delay(), Duration.ZERO, LONGEST, WAITING);
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      Signals.on("TERM", this::end);
      Signals.on("INT", this::end);
    }
  }

  /** Each signal comes on a thread of its own. */
  private void end() {
    if (asked.compareAndSet(false, true)) {
      drain();
      await();
      LOG.infof("Stopping streams=%d", metered.open());
      Quarkus.asyncExit(0);
    } else {
      LOG.info("Asked to end again: ending at once");
      hub.drain(Duration.ZERO, Duration.ZERO, config.window());
    }
  }

  private void drain() {
    LOG.infof(
        "Draining streams=%d window=%s delay=%s", metered.open(), config.window(), config.delay());
    hub.drain(config.delay(), config.window(), config.window())
        .thenRun(() -> drained.complete(null));
  }

  private void await() {
    Duration longest = config.delay().plus(config.window()).plus(GRACE);
    drained.completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS).join();
  }
}
