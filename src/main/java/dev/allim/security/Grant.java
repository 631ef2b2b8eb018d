package dev.allim.security;

import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What somebody may do besides listening to what is public. Immutable.
 *
 * @param publish topics that it may publish to, cancel and purge
 * @param subscribe topics of which it may see what is private
 * @param admin whether it may revoke tokens and see who is there
 */
public record Grant(Set<TopicMatcher> publish, Set<TopicMatcher> subscribe, boolean admin) {
  /** Nothing. */
  public static final Grant NONE = new Grant(Set.of(), Set.of(), false);

  private static final Audience PUBLIC = new Audience.Public();

  /** Copies the matchers. */
  public Grant {
    publish = Set.copyOf(publish);
    subscribe = Set.copyOf(subscribe);
  }

  /** Whether it may publish to each of these topics. */
  public boolean mayPublish(Collection<Topic> topics) {
    return topics.stream()
        .allMatch(topic -> TopicMatcher.anyOf(publish, List.of(topic), Audience.FREE));
  }

  /** Whether there is nothing that it may not publish to. */
  public boolean mayPublishAll() {
    return publish.stream().anyMatch(TopicMatcher::matchesAll);
  }

  /** Whether it may see what is private of this topic. */
  public boolean maySee(Topic topic) {
    return TopicMatcher.anyOf(subscribe, List.of(topic), Audience.FREE);
  }

  /** Whom it counts among as a subscriber. */
  public Audience audience() {
    return subscribe.isEmpty() ? PUBLIC : new Audience.Granted(subscribe);
  }
}
