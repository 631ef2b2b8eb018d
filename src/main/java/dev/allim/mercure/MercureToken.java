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
import java.util.function.LongConsumer;

/**
 * What a token grants here.
 *
 * @param proven what it is besides
 * @param expires until when it is valid; absent for ever
 * @param rights what it grants
 * @param isOld whether it is one of draft 07
 */
record MercureToken(AccessToken proven, Optional<Instant> expires, Rights rights, boolean isOld) {
  private static final Audience PUBLIC = new Audience.Public();
  private static final TopicMatcher ANY = new TopicMatcher.AnyTopic();

  /**
   * What a token grants.
   *
   * @param publish topics that it may publish to
   * @param subscribe topics of which it may see what is private
   * @param payloads what is told of its subscriptions; the first that takes one counts
   */
  record Rights(Set<TopicMatcher> publish, Set<TopicMatcher> subscribe, List<Payload> payloads) {
    /** Copies the matchers. */
    Rights {
      publish = Set.copyOf(publish);
      subscribe = Set.copyOf(subscribe);
      payloads = List.copyOf(payloads);
    }
  }

  /**
   * What is told of some subscriptions.
   *
   * @param topics what they ask for, as if it were a topic
   * @param json what is told of them; absent for nothing
   */
  record Payload(Set<TopicMatcher> topics, Optional<String> json) {
    /** Copies the matchers. */
    Payload {
      topics = Set.copyOf(topics);
    }

    private boolean takes(String text, LongConsumer costs) {
      return text.equals(ANY.text())
          ? topics.contains(ANY)
          : TopicMatcher.anyOf(topics, List.of(new Topic(text)), costs);
    }
  }

  /** Whether it may publish to each of these topics. */
  boolean mayPublish(Collection<Topic> topics) {
    return topics.stream()
        .allMatch(topic -> TopicMatcher.anyOf(rights.publish(), List.of(topic), Audience.FREE));
  }

  /** Whether it may see what is private there. */
  boolean maySee(Topic topic) {
    return TopicMatcher.anyOf(rights.subscribe(), List.of(topic), Audience.FREE);
  }

  /**
   * What is told of a subscription, in JSON.
   *
   * @param text what that asks for
   * @param costs told what it takes to find out, in steps of about a nanosecond
   */
  Optional<String> payload(String text, LongConsumer costs) {
    return rights.payloads().stream()
        .filter(payload -> payload.takes(text, costs))
        .findFirst()
        .flatMap(Payload::json);
  }

  /** Whom it counts among as a subscriber. */
  Audience audience() {
    return rights.subscribe().isEmpty() ? PUBLIC : new Audience.Granted(rights.subscribe());
  }
}
