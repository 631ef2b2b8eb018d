package dev.allim.hub.lane;

import dev.allim.hub.spi.Loop;
import java.util.function.BooleanSupplier;

/**
 * When a lane has its turns: as long as there is more to do they follow each other, and between two
 * of them the loop looks at its connections. Loop only, but for {@link #wake}.
 */
final class Turns {
  private final Loop loop;
  private final Runnable turn;
  private final BooleanSupplier idle;
  private final LaneFaults faults;
  private boolean goesOn;
  private boolean inTurn;

  /**
   * @param turn does some of what there is to do
   * @param idle whether nothing is left to do
   */
  Turns(Loop loop, Runnable turn, BooleanSupplier idle, LaneFaults faults) {
    this.loop = loop;
    this.turn = turn;
    this.idle = idle;
    this.faults = faults;
  }

  /** There will be a turn. Any thread. */
  void wake() {
    loop.execute(this::begin);
  }

  /** There will be a turn; one that is under way is followed by another. */
  void wakeForMore() {
    if (!inTurn) {
      wake();
    }
  }

  /** Whether another turn is on its way already. */
  boolean goesOn() {
    return goesOn;
  }

  private void begin() {
    if (!goesOn) {
      take();
    }
  }

  private void take() {
    goesOn = false;
    inTurn = true;
    try {
      turn.run();
    } catch (RuntimeException | Error fault) {
      faults.met("A turn of a lane met a fault; what is left goes on with the next", fault);
      return;
    } finally {
      inTurn = false;
    }
    if (!idle.getAsBoolean()) {
      goesOn = true;
      loop.nextRound(this::take);
    }
  }
}
