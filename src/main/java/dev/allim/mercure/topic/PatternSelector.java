package dev.allim.mercure.topic;

import dev.allim.text.InvalidFieldException;
import dev.allim.topic.Audience;
import dev.allim.topic.TopicPattern;
import dev.allim.urlpattern.UrlPattern;
import dev.allim.urlpattern.UrlPatternSyntaxException;
import dev.allim.urlpattern.url.WebUrl;
import java.util.Optional;

/**
 * A pattern of the WHATWG's URL Pattern standard: takes each topic that is, relative to the hub's
 * URL, a URL that matches; and no topic that is none.
 *
 * @param pattern it
 * @param base the hub's URL
 */
record PatternSelector(UrlPattern pattern, WebUrl base) implements TopicPattern {
  /**
   * Reads one.
   *
   * @throws InvalidFieldException if it is malformed; says nothing of what reads it
   */
  static PatternSelector of(String text, HubUrl hub) {
    try {
      return new PatternSelector(UrlPattern.compile(text, Optional.of(hub.text())), hub.parsed());
    } catch (UrlPatternSyntaxException malformed) {
      throw new InvalidFieldException("match_urlpattern", malformed.getMessage());
    }
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

  /** As many as there may be. */
  @Override
  public int variables() {
    return (int) pattern.toString().chars().filter(c -> ":*({".indexOf(c) >= 0).count();
  }
}
