package dev.allim.mercure;

import dev.allim.security.AccessToken;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a token grants here.
 *
 * @param proven what it is besides
 * @param expires until when it is valid; absent for ever
 * @param publish topics that it may publish to
 * @param subscribe topics of which it may see what is private
 */
record MercureToken(
    AccessToken proven,
    Optional<Instant> expires,
    Set<TopicMatcher> publish,
    Set<TopicMatcher> subscribe) {
  private static final Audience PUBLIC = new Audience.Public();

  /** Copies the matchers. */
  MercureToken {
    publish = Set.copyOf(publish);
    subscribe = Set.copyOf(subscribe);
  }

  /** Whether it may publish to each of these topics. */
  boolean mayPublish(Collection<Topic> topics) {
    return topics.stream()
        .allMatch(topic -> TopicMatcher.anyOf(publish, List.of(topic), Audience.FREE));
  }

  /** Whom it counts among as a subscriber. */
  Audience audience() {
    return subscribe.isEmpty() ? PUBLIC : new Audience.Granted(subscribe);
  }
}
