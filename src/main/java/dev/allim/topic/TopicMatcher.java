package dev.allim.topic;

import dev.allim.text.InvalidFieldException;

/**
 * What a subscriber asks for: every topic, one topic, or all that fit a template. Immutable; equal
 * when written alike, so that subscribers who ask for the same can share one evaluation.
 */
public sealed interface TopicMatcher {
  /** Whether a notification published under {@code topic} is asked for. */
  boolean matches(Topic topic);

  /**
   * What {@link #matches} takes at most, in steps of about a nanosecond: one for each piece and
   * character.
   */
  default long cost(Topic topic) {
    return 1;
  }

  /**
   * Reads a matcher as subscribers write it: {@code *} for every topic, a text with {@code {…}} as
   * a {@linkplain TopicTemplate template}, anything else as exactly that topic.
   *
   * @throws InvalidFieldException if it is empty, a malformed template or holds forbidden
   *     characters
   */
  static TopicMatcher parse(String text) {
    if (text.equals("*")) {
      return new AnyTopic();
    }
    if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
      return new Template(TopicTemplate.parse(text));
    }
    return new ExactTopic(new Topic(text));
  }

  /** Every public notification. */
  record AnyTopic() implements TopicMatcher {
    @Override
    public boolean matches(Topic topic) {
      return true;
    }
  }

  /**
   * One topic.
   *
   * @param topic the only one that matches
   */
  record ExactTopic(Topic topic) implements TopicMatcher {
    @Override
    public boolean matches(Topic other) {
      return topic.equals(other);
    }
  }

  /**
   * All topics that fit a template.
   *
   * @param template the parsed template
   */
  record Template(TopicTemplate template) implements TopicMatcher {
    @Override
    public boolean matches(Topic topic) {
      return template.fits(topic.name());
    }

    @Override
    public long cost(Topic topic) {
      return template.cost(topic.name());
    }
  }
}
