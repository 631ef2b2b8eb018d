package dev.allim.log.retention;

import dev.allim.topic.TopicMatcher;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long notifications are kept whose canonical topic matches. What is said of count and bytes
 * goes for all of them together, not for each topic; the oldest go first.
 *
 * @param topics the canonical topics it is for, as far as no earlier rule is for them
 * @param maxAge since they were published
 * @param maxCount how many
 * @param maxBytes how many bytes of UTF-8 in their ids, topics and data
 */
public record RetentionRule(
    TopicMatcher topics, Optional<Duration> maxAge, OptionalLong maxCount, OptionalLong maxBytes) {
  /** Refuses a negative limit. */
  public RetentionRule {
    if ((maxAge.isPresent() && maxAge.get().isNegative())
        || maxCount.orElse(0) < 0
        || maxBytes.orElse(0) < 0) {
      throw new IllegalArgumentException("a limit of retention must not be negative");
    }
  }

  /** Keeps all of a kind for so long. */
  public static RetentionRule age(TopicMatcher topics, Duration maxAge) {
    return new RetentionRule(
        topics, Optional.of(maxAge), OptionalLong.empty(), OptionalLong.empty());
  }

  /** Keeps the newest so many of a kind. */
  public static RetentionRule count(TopicMatcher topics, long maxCount) {
    return new RetentionRule(
        topics, Optional.empty(), OptionalLong.of(maxCount), OptionalLong.empty());
  }

  /** Keeps the newest of a kind that have at most so many bytes. */
  public static RetentionRule bytes(TopicMatcher topics, long maxBytes) {
    return new RetentionRule(
        topics, Optional.empty(), OptionalLong.empty(), OptionalLong.of(maxBytes));
  }

  /** Whether it limits what has to be counted. */
  public boolean counts() {
    return maxCount.isPresent() || maxBytes.isPresent();
  }
}
