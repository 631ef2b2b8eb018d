package dev.allim.ops;

import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.topic.Addressed;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who listens to the hub's figures and may. Told on event loops; any thread may ask. */
final class FiguresListeners implements ActiveSubscription.Watcher {
  private final Addressed figures;
  private final AtomicInteger there = new AtomicInteger();

  /** Those who are given {@code figures}. */
  FiguresListeners(Addressed figures) {
    this.figures = figures;
  }

  @Override
  public void joined(ActiveSubscription one) {
    count(one, 1);
  }

  @Override
  public void left(ActiveSubscription one) {
    count(one, -1);
  }

  private void count(ActiveSubscription one, int by) {
    if (one.filter().admits(figures)) {
      there.addAndGet(by);
    }
  }

  /** Whether there is anybody. */
  boolean any() {
    return there.get() > 0;
  }
}
