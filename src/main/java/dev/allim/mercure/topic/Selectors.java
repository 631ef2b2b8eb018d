package dev.allim.mercure.topic;

import dev.allim.text.InvalidFieldException;
import dev.allim.text.PlainText;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import java.util.Optional;

/**
 * Makes matchers of what Mercure's clients and tokens write.
 *
 * @param hub what patterns are relative to
 */
public record Selectors(HubUrl hub) {
  private static final String ANY = "*";

  /**
   * A topic selector of draft 07: {@code *}, a topic, or a URI template (RFC 6570).
   *
   * @throws InvalidFieldException if it is empty or holds forbidden characters
   */
  public TopicMatcher selector(String text) {
    return text.indexOf('{') < 0 ? exact(text) : template(text).orElseGet(() -> exact(text));
  }

  /** Absent for what is no template, and so but a topic with braces. */
  private static Optional<TopicMatcher> template(String text) {
    return TemplateSelector.parse(PlainText.require("topic", text)).map(TopicMatcher.Template::new);
  }

  /**
   * A matcher of draft 08 that is a topic, character by character, or {@code *}.
   *
   * @throws InvalidFieldException if it is empty or holds forbidden characters
   */
  public TopicMatcher exact(String text) {
    return text.equals(ANY)
        ? new TopicMatcher.AnyTopic()
        : new TopicMatcher.ExactTopic(new Topic(text));
  }

  /**
   * A matcher of draft 08 that is a URL pattern, or {@code *}.
   *
   * @throws InvalidFieldException if it is empty, malformed or holds forbidden characters
   */
  public TopicMatcher urlPattern(String text) {
    if (text.isEmpty()) {
      throw new InvalidFieldException("match_urlpattern", "a pattern must not be empty");
    }
    return text.equals(ANY)
        ? new TopicMatcher.AnyTopic()
        : new TopicMatcher.Template(
            PatternSelector.of(PlainText.require("match_urlpattern", text), hub));
  }
}
