package dev.allim.mercure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.mercure.topic.HubUrl;
import dev.allim.mercure.topic.Selectors;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import dev.allim.urlpattern.url.WebUrl;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections 5 and 19 of the checklist: what each kind of matcher takes. */
class MatchersTest {
  private final Selectors selectors =
      new Selectors(
          new HubUrl(
              MercureHubs.HUB, WebUrl.parse(MercureHubs.HUB, Optional.empty()).orElseThrow()));

  private static boolean takes(TopicMatcher matcher, String topic) {
    return matcher.matches(new Topic(topic));
  }

  @Test
  void line45AStarTakesAll() {
    for (TopicMatcher all :
        new TopicMatcher[] {
          selectors.exact("*"), selectors.urlPattern("*"), selectors.selector("*")
        }) {
      assertThat(takes(all, "http://[::1")).isTrue();
      assertThat(takes(all, "anything")).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/a, https://hub.example.com/a",
    "%6D, m",
    "Case, case",
    ":id, x",
    "{id}, x",
    "e\u0301, \u00e9"
  })
  void line46ExactIsCharacterByCharacter(String matcher, String topic) {
    assertThat(takes(selectors.exact(matcher), topic)).isFalse();
    assertThat(takes(selectors.exact(matcher), matcher)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/books/:id, https://example.com/books/1",
    "https://example.com/books/:id, https://EXAMPLE.com/books/1",
    "https://example.com/books/:id, https://example.com:443/books/1",
    "https://example.com/books/:id, https://example.com/x/../books/1",
    "https://example.com/books/:id, https://example.com/books/a%2Fb",
    "https://example.com/books/:id, https://example.com/books/1?x=1#h",
    "/books/:id, /books/1",
    "/books/:id, https://hub.example.com/books/1",
    "books/:id, books/1",
    "books/:id, /.well-known/books/1",
    "chat-room-:n, chat-room-1",
    "https://example.com/users/42/*, https://example.com/users/42/books/1",
    "https://example.com/items{/:tail}?, https://example.com/items",
    "https://example.com/feed/:type(news|alerts), https://example.com/feed/news",
    "https://:sub.example.com/x, https://a.example.com/x",
    "http{s}?://example.com/x, http://example.com/x",
    "*://example.com/books/:id, ftp://example.com/books/1",
    "https://exämple.com/:x, https://xn--exmple-cua.com/1",
    "https://example.com/foo bar/:x, https://example.com/foo%20bar/1",
    "https://example.com, https://example.com/x",
    "/.well-known/mercure/subscriptions/exact/:m/:s,"
        + " /.well-known/mercure/subscriptions/exact/https%3A%2F%2Fexample.com%2Fa/urn%3Auuid%3A1",
    "/.well-known/mercure/subscriptions{/*}?, /.well-known/mercure/subscriptions",
    "https://example.com/bar/:id, https://example.com/bar/:id"
  })
  void lines47And48And51APatternTakesUrls(String pattern, String topic) {
    assertThat(takes(selectors.urlPattern(pattern), topic)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/books/:id, https://example.com/books/1/",
    "https://example.com/books/:id, https://example.com/BOOKS/1",
    "https://example.com/books/:id, https://example.com:8443/books/1",
    "https://example.com/books/:id, http://example.com/books/1",
    "/books/:id, https://example.com/books/1",
    "/books/:id, books/1",
    "https://example.com/users/42/*, https://example.com/users/42",
    "https://example.com/feed/:type(news|alerts), https://example.com/feed/other",
    "https://:sub.example.com/x, https://a.b.example.com/x",
    "urn:example:*, urn:example:a",
    "urn\\:example\\:*, urn:example:a",
    "/.well-known/mercure/subscriptions/*, /.well-known/mercure/subscriptions",
    "https://*/*, http://[::1"
  })
  void lines47To49And51AndNoOthers(String pattern, String topic) {
    assertThat(takes(selectors.urlPattern(pattern), topic)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/books/{id}, https://example.com/books/1, true",
    "https://example.com/books/{id}, https://example.com/books/1/2, false",
    "https://example.com/books/{id}, https://example.com/books/, true",
    "https://example.com/books/{id}, https://example.com/books/{id}, true",
    "https://example.com/users/foo/{?topic},"
        + " https://example.com/users/foo/?topic=https%3A%2F%2Fexample.com%2Fbooks%2F1, true",
    "/.well-known/mercure/subscriptions{/topic}{/subscriber},"
        + " /.well-known/mercure/subscriptions/a%2Fb/urn%3Auuid%3A1, true",
    "{invalid, {invalid, true",
    "{invalid, x, false",
    "{+any}, https://example.com/a?b=c#d, true",
    "plain, plain, true",
    "plain, other, false"
  })
  void lines222To224ASelectorOfDraft07(String selector, String topic, boolean takes) {
    assertThat(takes(selectors.selector(selector), topic)).isEqualTo(takes);
  }
}
