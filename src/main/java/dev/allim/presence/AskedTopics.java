package dev.allim.presence;

import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Of which topics somebody wants to know who is there. A topic: whoever would be sent what is
 * published there. A template, or {@code *}: whoever asks for just that. None: everybody.
 */
record AskedTopics(List<TopicMatcher> matchers) implements Wish {
  @Override
  public boolean takes(ActiveSubscription one, LongConsumer costs) {
    return takes(one.filter().matchers(), costs);
  }

  @Override
  public boolean takes(Listed one) {
    return matchers.isEmpty() || takes(parsed(one.topics()), Audience.FREE);
  }

  private static Set<TopicMatcher> parsed(List<String> topics) {
    Set<TopicMatcher> parsed = new HashSet<>();
    topics.forEach(topic -> known(topic).ifPresent(parsed::add));
    return parsed;
  }

  /** A node of another version may know of matchers that this one does not. */
  private static Optional<TopicMatcher> known(String text) {
    try {
      return Optional.of(TopicMatcher.parse(text));
    } catch (InvalidFieldException foreign) {
      return Optional.empty();
    }
  }

  private boolean takes(Set<TopicMatcher> theirs, LongConsumer costs) {
    return matchers.isEmpty()
        || matchers.stream().anyMatch(asked -> isAskedFor(asked, theirs, costs));
  }

  private static boolean isAskedFor(
      TopicMatcher asked, Set<TopicMatcher> theirs, LongConsumer costs) {
    return asked instanceof TopicMatcher.ExactTopic exact
        ? TopicMatcher.anyOf(theirs, List.<Topic>of(exact.topic()), costs)
        : theirs.contains(asked);
  }
}
