package dev.allim.urlpattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.allim.urlpattern.url.WebUrl;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPatternTest {
  private static final Optional<String> HUB =
      Optional.of("https://hub.example.com/.well-known/mercure");

  @ParameterizedTest
  @CsvSource({
    "https://example.com/books/:id, https://example.com/books/1, true",
    "https://example.com/books/:id, https://EXAMPLE.com/books/1, true",
    "https://example.com/books/:id, https://example.com:443/books/1, true",
    "https://example.com/books/:id, https://example.com/x/../books/1, true",
    "https://example.com/books/:id, https://example.com/books/a%2Fb, true",
    "https://example.com/books/:id, https://example.com/books/1?x=1#h, true",
    "https://example.com/books/:id, https://example.com/books/1/, false",
    "https://example.com/books/:id, https://example.com/BOOKS/1, false",
    "https://example.com/books/:id, https://example.com:8443/books/1, false",
    "https://example.com/books/:id, http://example.com/books/1, false",
    "/books/:id, /books/1, true",
    "/books/:id, https://hub.example.com/books/1, true",
    "/books/:id, https://example.com/books/1, false",
    "/books/:id, books/1, false",
    "books/:id, books/1, true",
    "books/:id, /.well-known/books/1, true",
    "chat-room-:n, chat-room-1, true",
    "https://example.com/users/42/*, https://example.com/users/42/books/1, true",
    "https://example.com/users/42/*, https://example.com/users/42, false",
    "https://example.com/items{/:tail}?, https://example.com/items, true",
    "https://example.com/feed/:type(news|alerts), https://example.com/feed/news, true",
    "https://example.com/feed/:type(news|alerts), https://example.com/feed/other, false",
    "https://:sub.example.com/x, https://a.example.com/x, true",
    "https://:sub.example.com/x, https://a.b.example.com/x, false",
    "http{s}?://example.com/x, http://example.com/x, true",
    "*://example.com/books/:id, ftp://example.com/books/1, true",
    "https://exämple.com/:x, https://xn--exmple-cua.com/1, true",
    "https://example.com/foo bar/:x, https://example.com/foo%20bar/1, true",
    "https://example.com, https://example.com/x, true",
    "urn:example:*, urn:example:a, false",
    "urn\\:example\\:*, urn:example:a, false",
    "/.well-known/mercure/subscriptions/exact/:m/:s, /.well-known/mercure/subscriptions/exact/"
        + "https%3A%2F%2Fexample.com%2Fa/urn%3Auuid%3A1, true",
    "/.well-known/mercure/subscriptions/*, /.well-known/mercure/subscriptions, false",
    "/.well-known/mercure/subscriptions{/*}?, /.well-known/mercure/subscriptions, true",
    "https://example.com/bar/:id, https://example.com/bar/:id, true",
    "/books/:id, http://[::1, false",
  })
  void matchesRelativeToTheHub(String pattern, String topic, boolean matches) {
    assertThat(UrlPattern.compile(pattern, HUB).matches(topic, HUB)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "'/{unclosed', 10",
    "'/a{b', 4",
    "'/(unclosed', 1",
    "'/*{', 3",
    "'/a}', 2",
    "'/:id/:id', 8",
    "'/(a', 1",
    "'/()', 1",
    "'/(é)', 2",
    "'/((a))', 2",
    "'/a\\', 2",
  })
  void saysWhereAPatternIsMalformed(String pattern, int position) {
    assertThatThrownBy(() -> UrlPattern.compile(pattern, HUB))
        .asInstanceOf(type(UrlPatternSyntaxException.class))
        .satisfies(thrown -> assertThat(thrown.getMessage()).contains("pathname"))
        .extracting(UrlPatternSyntaxException::position)
        .isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(strings = {":a)/..", "/:a{x/../..}", "/:a{x/../../yz}", "/:a{/../../..}:b{x/../..}"})
  void refusesAPieceThatClimbsAboveWhereItBegins(String pattern) {
    assertThatThrownBy(() -> UrlPattern.compile(pattern, HUB))
        .isInstanceOf(UrlPatternSyntaxException.class)
        .hasMessageContaining("no URL has");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"((?=a)a)", "((?!a)b)", "((?<=a)b)", "((?<!a)b)", "((?:a)\\1)", "((?<x>a)\\k<x>)"})
  void refusesWhatTakesMoreThanLinearTime(String group) {
    assertThatThrownBy(() -> UrlPattern.compile("/:id" + group, HUB))
        .isInstanceOf(UrlPatternSyntaxException.class)
        .hasMessageContaining("linear time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "//[", "http://a b/", "data:x"})
  void refusesABaseThatIsNoUrlOrNoneToBeRelativeTo(String base) {
    Optional<String> text = Optional.of(base);
    boolean isUrl = WebUrl.parse(base, Optional.empty()).isPresent();

    if (isUrl) {
      assertThat(UrlPattern.compile("/a", text).matches("/a", text)).isFalse();
    } else {
      assertThatThrownBy(() -> UrlPattern.compile("/a", text))
          .isInstanceOf(UrlPatternSyntaxException.class)
          .hasMessage("the base is no URL");
    }
  }

  @Test
  void needsAProtocolOrABase() {
    assertThatThrownBy(() -> UrlPattern.compile("/a", Optional.empty()))
        .isInstanceOf(UrlPatternSyntaxException.class)
        .hasMessage("a pattern without a protocol needs a base");
  }

  @Test
  void isEqualWhenWrittenAlikeAgainstTheSameBase() {
    UrlPattern pattern = UrlPattern.compile("/a", HUB);

    assertThat(pattern)
        .isEqualTo(UrlPattern.compile("/a", HUB))
        .hasSameHashCodeAs(UrlPattern.compile("/a", HUB))
        .isNotEqualTo(UrlPattern.compile("/b", HUB))
        .isNotEqualTo(UrlPattern.compile("/a", Optional.of("https://example.com/")))
        .hasToString("/a");
  }
}
