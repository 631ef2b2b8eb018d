package dev.allim.hub.publish;

import dev.allim.hub.publish.Command.Cancel;
import dev.allim.log.DelayedDelivery;
import dev.allim.log.EventLog;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What is asked of a log about notifications that wait for their time. Writer only. */
final class DelayedCommands {
  private static final int DUE_AT_ONCE = 1000;

  private final Optional<DelayedDelivery> delayed;
  private final Clock clock;

  DelayedCommands(EventLog log, Clock clock) {
    this.delayed = log.delayedDelivery();
    this.clock = clock;
  }

  /** Completes when the log has some of what is due. */
  CompletionStage<Integer> deliverDue() {
    return delayed
        .map(engine -> engine.deliverDue(clock.instant(), DUE_AT_ONCE))
        .orElseGet(() -> CompletableFuture.completedFuture(0));
  }

  /** Completes with whether one was taken back; its publisher is still to be told. */
  CompletionStage<Boolean> cancel(Cancel cancel) {
    return delayed
        .map(engine -> engine.cancel(cancel.id(), cancel.allowed()))
        .orElseGet(() -> CompletableFuture.completedFuture(false));
  }
}
