package dev.allim.hub;

import dev.allim.hub.lane.Drain;
import dev.allim.hub.lane.Lane;
import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.spi.HubEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** The even ending of all streams before the program stops. Safe for any thread. */
final class Draining {
  private final List<Lane> lanes;
  private final HubSettings settings;
  private final HubEnvironment environment;
  private final HubClockwork clockwork;
  private final AtomicBoolean steps = new AtomicBoolean();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile Optional<Drain> plan = Optional.empty();

  Draining(
      List<Lane> lanes, HubSettings settings, HubEnvironment environment, HubClockwork clockwork) {
    this.lanes = lanes;
    this.settings = settings;
    this.environment = environment;
    this.clockwork = clockwork;
  }

  /** Begins, or hurries; completes when the window has begun and no stream is open. */
  CompletionStage<Void> begin(Duration delay, Duration window, Duration spread) {
    long beginsAt = environment.nanoTime().getAsLong() + delay.toNanos();
    plan = Optional.of(new Drain(beginsAt, window, spread));
    if (steps.compareAndSet(false, true)) {
      clockwork.startDraining(this::step);
    }
    return over;
  }

  boolean isUnderWay() {
    return plan.isPresent();
  }

  /** When a subscriber that comes meanwhile should come back. */
  Duration comeBack() {
    return plan.map(drain -> drain.retry(settings.retry(), environment.jitter()))
        .orElse(settings.retry());
  }

  /** Ends what is due, each lane on its loop. */
  void step() {
    CompletableFuture<Integer> open = CompletableFuture.completedFuture(0);
    for (Lane lane : lanes) {
      open =
          open.thenCombine(
              CompletableFuture.supplyAsync(() -> step(lane), lane.loop()), Integer::sum);
    }
    open.thenAccept(this::ended);
  }

  private int step(Lane lane) {
    plan.ifPresent(lane::drain);
    return lane.subscriptions().size();
  }

  private void ended(int open) {
    if (open == 0 && hasBegun()) {
      over.complete(null);
    }
  }

  /** Whether the delay before the window is over. */
  private boolean hasBegun() {
    return plan.map(drain -> environment.nanoTime().getAsLong() - drain.beginsAt() >= 0)
        .orElse(false);
  }
}
