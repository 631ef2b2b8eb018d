package dev.allim.log;

import java.util.function.LongConsumer;

/**
 * How much topics may still be compared with what subscribers ask for before others have their
 * turn, in steps of about a nanosecond: one for each part of a template and character of a topic.
 * For one thread at a time.
 */
public final class MatchingBudget implements LongConsumer {
  private long left;

  /** Allows {@code steps}. */
  public MatchingBudget(long steps) {
    left = steps;
  }

  /** Allows {@code steps} from now on, whatever was left. */
  public void refill(long steps) {
    left = steps;
  }

  /** Takes {@code steps}; one comparison may take more than was left. */
  @Override
  public void accept(long steps) {
    left -= steps;
  }

  /** Whether it is time for something else. */
  public boolean isSpent() {
    return left <= 0;
  }
}
