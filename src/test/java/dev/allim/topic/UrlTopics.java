package dev.allim.topic;

import dev.allim.urlpattern.UrlPattern;
import dev.allim.urlpattern.url.WebUrl;
import java.util.List;
import java.util.Optional;

/**
 * Topics that match a pattern of URLs, as a facade may have them: no index finds them by their
 * names.
 */
public record UrlTopics(UrlPattern pattern, WebUrl base) implements TopicPattern {
  private static final String BASE = "https://hub.example.com/";

  /** Those of a pattern that is relative to the hub's own URL. */
  public static TopicMatcher.Template matcher(String text) {
    Optional<String> base = Optional.of(BASE);
    return new TopicMatcher.Template(
        new UrlTopics(
            UrlPattern.compile(text, base), WebUrl.parse(BASE, Optional.empty()).orElseThrow()));
  }

  /** What is public of those. */
  public static TopicFilter filter(String text) {
    return TopicFilter.in(List.of(matcher(text)));
  }

  @Override
  public String text() {
    return pattern.toString();
  }

  @Override
  public boolean fits(String topic) {
    return WebUrl.parse(topic, Optional.of(base))
        .filter(url -> pattern.matches(url, Audience.FREE))
        .isPresent();
  }

  @Override
  public long cost(String topic) {
    return pattern.cost(topic, base);
  }

  @Override
  public int variables() {
    return pattern.size();
  }
}
