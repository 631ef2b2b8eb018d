package dev.allim.topic;

/**
 * What fits some topics and not others, by rules of its own. Immutable; equal when written alike,
 * so that subscribers who ask for the same share one evaluation.
 *
 * <p>An implementation takes time in proportion to the topic, whatever it was made of: it is asked
 * on event loops, by whatever anybody publishes.
 */
public interface TopicPattern {
  /** As subscribers write it. */
  String text();

  /** Whether the whole of {@code topic} fits. */
  boolean fits(String topic);

  /** Whether each topic is known to fit, whatever it is. */
  default boolean fitsAll() {
    return false;
  }

  /** What {@link #fits} takes at most, in steps of about a nanosecond. */
  long cost(String topic);

  /** How many variables it has: what it takes to compare with it grows with them. */
  int variables();
}
