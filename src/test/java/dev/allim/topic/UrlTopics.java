package dev.allim.topic;

import dev.allim.mercure.topic.HubUrl;
import dev.allim.mercure.topic.Selectors;
import java.util.List;
import java.util.Optional;

/**
 * Topics that match a pattern of URLs, as Mercure's facade has them: no index finds them by their
 * names.
 */
public final class UrlTopics {
  private static final Selectors SELECTORS =
      new Selectors(HubUrl.of(Optional.of("https://hub.example.com/.well-known/mercure")));

  private UrlTopics() {}

  /** Those of a pattern that is relative to the hub's own URL. */
  public static TopicMatcher.Template matcher(String text) {
    return (TopicMatcher.Template) SELECTORS.urlPattern(text);
  }

  /** What is public of those. */
  public static TopicFilter filter(String text) {
    return TopicFilter.in(List.of(matcher(text)));
  }
}
