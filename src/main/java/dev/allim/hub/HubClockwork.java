package dev.allim.hub;

import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.spi.Scheduler;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the hub does as time goes by, and how often. Safe for any thread. */
final class HubClockwork {
  /** How much later than its time a delayed notification may come. */
  private static final Duration DUE = Duration.ofMillis(200);

  /** Streams are ended in steps too small to be seen. */
  private static final Duration DRAIN_STEP = Duration.ofMillis(50);

  private final Scheduler scheduler;
  private final Queue<Scheduler.Timer> timers = new ConcurrentLinkedQueue<>();

  HubClockwork(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void start(Runnable tick, Runnable deliverDue) {
    timers.add(scheduler.every(HubSettings.TICK, tick));
    timers.add(scheduler.every(DUE, deliverDue));
  }

  void startDraining(Runnable step) {
    timers.add(scheduler.every(DRAIN_STEP, step));
  }

  void stop() {
    timers.forEach(Scheduler.Timer::cancel);
  }
}
