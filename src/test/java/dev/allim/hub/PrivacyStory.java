package dev.allim.hub;

import dev.allim.notification.EventId;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * What happens to a hub, some of it private.
 *
 * @param engine of its log
 * @param before what happens before its reader comes
 * @param after what happens while it listens
 * @param reader what it asks for, of what it may see
 */
record PrivacyStory(Engine engine, List<Step> before, List<Step> after, TopicFilter reader) {
  private static final List<List<String>> TOPICS =
      List.of(
          List.of("a"), List.of("b/1"), List.of("b/2"), List.of("a", "b/1"), List.of("b/2", "c"));
  private static final List<String> MATCHERS = List.of("a", "b/1", "b/{x}", "c", "{+x}", "*");

  /** The engines there are. */
  enum Engine {
    MEMORY,
    SQLITE,
    REDIS
  }

  /** What happens: something is published, or all of a topic deleted. */
  record Step(int topics, boolean isPrivate, Optional<String> key, boolean purges) {
    List<Topic> of() {
      return TOPICS.get(topics).stream().map(Topic::new).toList();
    }

    Notification notification(int id) {
      Notification open =
          new Notification(
              new EventId("id" + id),
              of(),
              Optional.empty(),
              "data " + id,
              OptionalLong.empty(),
              key.map(Key::new),
              Optional.empty());
      return isPrivate ? open.keptPrivate() : open;
    }
  }

  /** Any of them on one of these engines. */
  static Arbitrary<PrivacyStory> any(Engine... engines) {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.integers().between(0, TOPICS.size() - 1),
                Arbitraries.of(true, false),
                Arbitraries.of("k", "l").optional(0.5),
                Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true)))
            .as(Step::new);
    Arbitrary<Set<TopicMatcher>> matchers =
        Arbitraries.of(MATCHERS).map(TopicMatcher::parse).set().ofMinSize(1).ofMaxSize(2);
    Arbitrary<Audience> audience =
        Arbitraries.oneOf(
            Arbitraries.just(new Audience.Public()), matchers.map(Audience.Granted::new));
    return Combinators.combine(
            Arbitraries.of(engines),
            step.list().ofMaxSize(20),
            step.list().ofMaxSize(10),
            Combinators.combine(matchers, audience).as(TopicFilter::new))
        .as(PrivacyStory::new);
  }
}
