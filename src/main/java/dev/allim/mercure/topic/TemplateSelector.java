package dev.allim.mercure.topic;

import dev.allim.topic.TopicPattern;
import dev.allim.urlpattern.UriTemplate;
import dev.allim.urlpattern.UrlPatternSyntaxException;
import java.util.Optional;

/**
 * A URI template (RFC 6570) as draft 07 matches by it: what it may expand to, and itself.
 *
 * @param text as it was written
 * @param template the same, read
 */
record TemplateSelector(String text, UriTemplate template) implements TopicPattern {
  /** Absent if this is no template. */
  static Optional<TopicPattern> parse(String text) {
    try {
      return Optional.of(new TemplateSelector(text, UriTemplate.compile(text)));
    } catch (UrlPatternSyntaxException none) {
      return Optional.empty();
    }
  }

  @Override
  public boolean fits(String topic) {
    return topic.equals(text) || template.matches(topic);
  }

  @Override
  public long cost(String topic) {
    return template.cost(topic.length());
  }

  @Override
  public int variables() {
    return (int) text.chars().filter(c -> c == '{' || c == ',').count();
  }
}
