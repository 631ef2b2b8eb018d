package dev.allim.topic;

import java.util.List;
import java.util.Optional;

/**
 * What a filter asks for by name: for a log, which finds what is named without looking at anything
 * else, and has to look at all there is for the rest. Immutable.
 *
 * @param topics the topics that are named
 * @param isAll whether nothing but these is asked for
 */
public record NamedTopics(List<Topic> topics, boolean isAll) {
  private static final TopicMatcher.Cases<Optional<Topic>> NAMED =
      new TopicMatcher.Cases<>() {
        @Override
        public Optional<Topic> anyTopic() {
          return Optional.empty();
        }

        @Override
        public Optional<Topic> exactTopic(Topic topic) {
          return Optional.of(topic);
        }

        @Override
        public Optional<Topic> template(TopicMatcher.Template template) {
          return Optional.empty();
        }
      };

  /** Those of {@code filter}. */
  public static NamedTopics of(TopicFilter filter) {
    List<Topic> topics =
        filter.matchers().stream().flatMap(matcher -> matcher.accept(NAMED).stream()).toList();
    return new NamedTopics(topics, topics.size() == filter.matchers().size());
  }

  /** All that is asked for, if it is named. */
  public Optional<List<Topic>> all() {
    return isAll ? Optional.of(topics) : Optional.empty();
  }
}
