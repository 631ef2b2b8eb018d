package dev.allim.log;

import java.util.Optional;

/** An engine that can everything. */
public interface LogEngine extends EventLog, Snapshots, DelayedDelivery, Truncation {
  @Override
  default Optional<Snapshots> snapshots() {
    return Optional.of(this);
  }

  @Override
  default Optional<DelayedDelivery> delayedDelivery() {
    return Optional.of(this);
  }

  @Override
  default Optional<Truncation> truncation() {
    return Optional.of(this);
  }
}
