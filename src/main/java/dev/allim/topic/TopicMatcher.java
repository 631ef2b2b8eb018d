package dev.allim.topic;

import dev.allim.text.InvalidFieldException;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * What a subscriber asks for: every topic, one topic, or all that fit a template. Immutable; equal
 * when written alike, so that subscribers who ask for the same can share one evaluation.
 */
public sealed interface TopicMatcher {
  /** Whether a notification published under {@code topic} is asked for. */
  boolean matches(Topic topic);

  /** As subscribers write it. */
  String text();

  /** Whether it takes each topic that anybody but the hub may publish to. */
  default boolean matchesAll() {
    return false;
  }

  /** Whoever has to know which kind it is says what each is for him; a new kind is missed there. */
  <R> R accept(Cases<R> cases);

  /**
   * What is to be done for each kind of matcher.
   *
   * @param <R> what comes of it
   */
  interface Cases<R> {
    /** It takes every topic. */
    R anyTopic();

    /** It takes this topic. */
    R exactTopic(Topic topic);

    /** It takes what fits its template. */
    R template(Template template);
  }

  /**
   * What {@link #matches} takes at most, in steps of about a nanosecond: one for each piece and
   * character.
   */
  default long cost(Topic topic) {
    return 1;
  }

  /** Whether any of {@code matchers} takes any of {@code topics}; {@code costs} hears of each. */
  static boolean anyOf(Set<TopicMatcher> matchers, List<Topic> topics, LongConsumer costs) {
    for (TopicMatcher matcher : matchers) {
      for (Topic topic : topics) {
        costs.accept(matcher.cost(topic));
        if (matcher.matches(topic)) {
          return true;
        }
      }
    }
    return false;
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

  /** Every topic but those that are {@linkplain Topic#isReserved the hub's own}. */
  record AnyTopic() implements TopicMatcher {
    @Override
    public boolean matches(Topic topic) {
      return !topic.isReserved();
    }

    @Override
    public boolean matchesAll() {
      return true;
    }

    @Override
    public String text() {
      return "*";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.anyTopic();
    }
  }

  /** Every topic there is, for the hub's own use: nobody can ask for it. */
  record Unrestricted() implements TopicMatcher {
    @Override
    public boolean matches(Topic topic) {
      return true;
    }

    @Override
    public boolean matchesAll() {
      return true;
    }

    /** Which is not what anybody can write. */
    @Override
    public String text() {
      return "**";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.anyTopic();
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

    @Override
    public String text() {
      return topic.name();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.exactTopic(topic);
    }
  }

  /**
   * All topics that fit a template, or a pattern of another kind, but those that are {@linkplain
   * Topic#isReserved the hub's own}.
   *
   * @param template the parsed template
   */
  record Template(TopicPattern template) implements TopicMatcher {
    @Override
    public boolean matches(Topic topic) {
      return !topic.isReserved() && template.fits(topic.name());
    }

    @Override
    public boolean matchesAll() {
      return template.fitsAll();
    }

    @Override
    public long cost(Topic topic) {
      return template.cost(topic.name());
    }

    @Override
    public String text() {
      return template.text();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.template(this);
    }
  }
}
