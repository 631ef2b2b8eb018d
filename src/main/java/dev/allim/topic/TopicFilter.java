package dev.allim.topic;

import dev.allim.text.InvalidFieldException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * All that one subscriber asks for, of what it may see: any of the matchers takes it, and it is for
 * the audience. Equal for subscribers who ask for the same and may see the same, in whatever order
 * they wrote it.
 *
 * <p>This is what decides. Indexes and queries narrow what there is by topics, and only propose:
 * whatever they propose is asked for here before anybody is given it.
 *
 * @param matchers at least one
 * @param audience what the subscriber may see
 */
public record TopicFilter(Set<TopicMatcher> matchers, Audience audience) {
  private static final TopicMatcher ANY = new TopicMatcher.AnyTopic();
  private static final Set<TopicMatcher> ALL = Set.of(new TopicMatcher.Unrestricted());
  private static final TopicFilter EVERYTHING = new TopicFilter(Set.of(ANY), new Audience.Public());
  private static final TopicFilter WHOLE_LOG = new TopicFilter(ALL, new Audience.Granted(ALL));

  /** Copies the matchers; {@code *} among them makes those needless that it takes in. */
  public TopicFilter {
    if (matchers.isEmpty()) {
      throw new InvalidFieldException("topic", "at least one topic is needed");
    }
    matchers = matchers.contains(ANY) ? besidesAll(matchers) : Set.copyOf(matchers);
  }

  /** Every public notification. */
  public static TopicFilter everything() {
    return EVERYTHING;
  }

  /**
   * All there is, private or not, with what the hub says of itself: for the hub itself, which hands
   * nothing on unasked.
   */
  public static TopicFilter wholeLog() {
    return WHOLE_LOG;
  }

  private static Set<TopicMatcher> besidesAll(Set<TopicMatcher> matchers) {
    return matchers.stream()
        .filter(matcher -> matcher.equals(ANY) || isReserved(matcher))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isReserved(TopicMatcher matcher) {
    return matcher instanceof TopicMatcher.ExactTopic exact && exact.topic().isReserved();
  }

  /** What {@code matchers} ask for together of what is public, each counted once. */
  public static TopicFilter in(Collection<TopicMatcher> matchers) {
    return new TopicFilter(Set.copyOf(matchers), new Audience.Public());
  }

  /** The same for others. */
  public TopicFilter within(Audience other) {
    return new TopicFilter(matchers, other);
  }

  /** Whether the subscriber is given it. */
  public boolean admits(Addressed one) {
    return admits(one, Audience.FREE);
  }

  /**
   * The same.
   *
   * @param costs told what it takes to find out, in steps of about a nanosecond
   */
  public boolean admits(Addressed one, LongConsumer costs) {
    return wants(one.topics(), costs) && audience.maySee(one, costs);
  }

  /**
   * Whether any matcher takes any of these topics: for an index or a query, which knows no more
   * than topics and proposes. Whoever gives a subscriber something asks {@link #admits}.
   *
   * @param costs told what it takes to find out, in steps of about a nanosecond
   */
  public boolean wants(List<Topic> topics, LongConsumer costs) {
    return TopicMatcher.anyOf(matchers, topics, costs);
  }
}
