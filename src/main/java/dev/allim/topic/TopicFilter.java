package dev.allim.topic;

import dev.allim.text.InvalidFieldException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * All that one subscriber asks for: any of the matchers admits. Equal for subscribers who ask for
 * the same, in whatever order they wrote it.
 *
 * @param matchers at least one
 */
public record TopicFilter(Set<TopicMatcher> matchers) {
  private static final TopicFilter EVERYTHING =
      new TopicFilter(Set.of(new TopicMatcher.AnyTopic()));

  /** Copies the matchers; {@code *} among them makes the others needless. */
  public TopicFilter {
    if (matchers.isEmpty()) {
      throw new InvalidFieldException("topic", "at least one topic is needed");
    }
    matchers =
        matchers.contains(new TopicMatcher.AnyTopic())
            ? Set.of(new TopicMatcher.AnyTopic())
            : Set.copyOf(matchers);
  }

  /** Every public notification. */
  public static TopicFilter everything() {
    return EVERYTHING;
  }

  /** What {@code matchers} ask for together, each counted once. */
  public static TopicFilter in(Collection<TopicMatcher> matchers) {
    return new TopicFilter(Set.copyOf(matchers));
  }

  /** Whether any matcher takes any of a notification's topics. */
  public boolean admits(List<Topic> topics) {
    for (TopicMatcher matcher : matchers) {
      for (Topic topic : topics) {
        if (matcher.matches(topic)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The same.
   *
   * @param costs told what it takes to find out, in steps of about a nanosecond
   */
  public boolean admits(List<Topic> topics, LongConsumer costs) {
    for (TopicMatcher matcher : matchers) {
      for (Topic topic : topics) {
        costs.accept(matcher.cost(topic));
        if (matcher.matches(topic)) {
          return true;
        }
      }
    }
    return false;
  }
}
