package dev.allim.topic;

import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Whom a subscriber counts among: what it may see, whatever it asks for. Immutable; equal for
 * subscribers who may see the same, so that they can share one evaluation and its bytes.
 */
public sealed interface Audience {
  /** Counts what a decision takes for nobody. */
  LongConsumer FREE = steps -> {};

  /**
   * Whether somebody of this audience may see it.
   *
   * @param costs told what it takes to find out, in steps of about a nanosecond
   */
  boolean maySee(Addressed one, LongConsumer costs);

  /** The same, whatever it takes. */
  default boolean maySee(Addressed one) {
    return maySee(one, FREE);
  }

  /** Anybody: sees what is public. */
  record Public() implements Audience {
    @Override
    public boolean maySee(Addressed one, LongConsumer costs) {
      return !one.isPrivate();
    }
  }

  /**
   * Somebody with grants: sees what is public, and what is private under a topic that any of them
   * takes. Which topics it asks for is another question, and another topic of the same notification
   * may answer that.
   *
   * @param grants may be none, which is the same as {@link Public} to see and not to compare
   */
  record Granted(Set<TopicMatcher> grants) implements Audience {
    /** Copies the grants. */
    public Granted {
      grants = Set.copyOf(grants);
    }

    @Override
    public boolean maySee(Addressed one, LongConsumer costs) {
      return !one.isPrivate() || TopicMatcher.anyOf(grants, one.topics(), costs);
    }
  }
}
