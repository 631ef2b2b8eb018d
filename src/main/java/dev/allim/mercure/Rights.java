package dev.allim.mercure;

import dev.allim.topic.TopicMatcher;
import java.util.Set;

/**
 * What a token grants.
 *
 * @param publish topics that it may publish to
 * @param subscribe topics of which it may see what is private
 */
record Rights(Set<TopicMatcher> publish, Set<TopicMatcher> subscribe) {
  /** Copies the matchers. */
  Rights {
    publish = Set.copyOf(publish);
    subscribe = Set.copyOf(subscribe);
  }
}
