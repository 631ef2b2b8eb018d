package dev.allim.log.engine;

import dev.allim.log.MatchingBudget;
import dev.allim.topic.Addressed;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;

/**
 * Up to where something that a filter is told of is gone, by marks of what was public, a topic
 * each, and of what was private, by all topics of a notification. One for each question.
 *
 * @param filter who asks
 */
public record TruncatedFor(TopicFilter filter) {
  /** About 10 ms of one core; whatever is not looked at by then counts as asked for. */
  public static final long MATCHING = 10L << 20;

  /**
   * Something private that is gone, as far as it is known of whom it was.
   *
   * @param topics what it was published under
   */
  public record Hidden(List<Topic> topics) implements Addressed {
    @Override
    public boolean isPrivate() {
      return true;
    }
  }

  /** The newest position of a topic that is asked for, or {@code known} if that is newer. */
  public <M> long ofPublic(Map<Topic, M> marks, ToLongFunction<M> position, long known) {
    return newest(
        marks, position, known, (topic, matching) -> filter.wants(List.of(topic), matching));
  }

  /** The newest position of what this filter may be told of, or {@code known} if that is newer. */
  public <M> long ofPrivate(Map<Hidden, M> marks, ToLongFunction<M> position, long known) {
    return newest(marks, position, known, filter::admits);
  }

  private static <K, M> long newest(
      Map<K, M> marks,
      ToLongFunction<M> position,
      long known,
      BiPredicate<K, MatchingBudget> isAskedFor) {
    long newest = known;
    MatchingBudget matching = new MatchingBudget(MATCHING);
    for (Map.Entry<K, M> entry : marks.entrySet()) {
      long at = position.applyAsLong(entry.getValue());
      if (at > newest && (matching.isSpent() || isAskedFor.test(entry.getKey(), matching))) {
        newest = at;
      }
    }
    return newest;
  }
}
