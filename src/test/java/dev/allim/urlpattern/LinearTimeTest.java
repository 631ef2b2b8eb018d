package dev.allim.urlpattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.urlpattern.url.Component;
import dev.allim.urlpattern.url.WebUrl;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever strangers write, a match takes a number of steps that is known before. */
class LinearTimeTest {
  private static final Optional<WebUrl> HUB =
      WebUrl.parse("https://hub.example.com/.well-known/mercure", Optional.empty());
  private static final Optional<String> HUB_TEXT =
      Optional.of("https://hub.example.com/.well-known/mercure");

  private static long length(WebUrl url) {
    long length = 0;
    for (Component component : Component.values()) {
      length += url.component(component).length();
    }
    return length;
  }

  private static long steps(UrlPattern pattern, WebUrl url) {
    AtomicLong steps = new AtomicLong();
    pattern.matches(url, steps::addAndGet);
    assertThat(steps.get()).as("%s on %s", pattern, url).isLessThanOrEqualTo(cost(pattern, url));
    return steps.get();
  }

  private static long cost(UrlPattern pattern, WebUrl url) {
    return pattern.cost(length(url));
  }

  /** Each of these takes a backtracking engine longer than the universe has been there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/((?:a*)*b)",
        "/((?:a+)+b)",
        "/((?:a|a)*b)",
        "/((?:a|aa)+b)",
        "/((?:(?:a?){100})a{100}b)",
        "/((?:.*a){20}b)",
        "/(a*a*a*a*a*a*a*a*a*a*b)",
        "/((?:(?:(?:a*)*)*)*b)",
        "{/:a}*{/:b}*{/:c}*b",
        "/*a*a*a*a*a*a*a*a*ab",
      })
  void hostilePatternsTakeTwiceTheStepsForTwiceTheText(String text) {
    UrlPattern pattern = UrlPattern.compile(text, HUB_TEXT);
    long once = steps(pattern, WebUrl.parse("/" + "a".repeat(2_048), HUB).orElseThrow());
    long twice = steps(pattern, WebUrl.parse("/" + "a".repeat(4_096), HUB).orElseThrow());

    assertThat(twice).isBetween(once, 2 * once + 1_000);
  }

  /**
   * An automaton of thousands of states that are alive at once is linear, and slow all the same.
   */
  @Test
  void whatTakesMoreThanAMillisecondDoesNotMatch() {
    UrlPattern wide = UrlPattern.compile("/((?:a?){1000}(?:a?){1000})", HUB_TEXT);

    WebUrl shorter = WebUrl.parse("/" + "a".repeat(10), HUB).orElseThrow();
    WebUrl longer = WebUrl.parse("/" + "a".repeat(2_000), HUB).orElseThrow();

    assertThat(wide.matches(shorter, steps -> {})).isTrue();
    assertThat(wide.matches(longer, steps -> {})).isFalse();
    assertThat(steps(wide, longer)).isLessThan(Program.MOST_STEPS + ProgramWriter.MOST_STATES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/(a{1000}b{1000}c{1000}d{1000}e{1000}f)",
        "/((?:a{100}){100})",
        "/((?:(?:(?:){1000}){1000}){1000})",
        "/(a{1001})",
        "/(a{99999999999})",
      })
  void refusesWhatIsTooLarge(String text) {
    assertThatThrownBy(() -> UrlPattern.compile(text, HUB_TEXT))
        .isInstanceOf(UrlPatternSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?:", "[["})
  void refusesWhatIsNestedTooDeep(String open) {
    String close = open.equals("(?:") ? ")" : "]]";
    String text = "/(" + open.repeat(2_000) + "a" + close.repeat(2_000) + ")";

    assertThatThrownBy(() -> UrlPattern.compile(text, HUB_TEXT))
        .isInstanceOf(UrlPatternSyntaxException.class)
        .hasMessageContaining("inside one another");
  }

  @Provide
  Arbitrary<String> patterns() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "a",
            "b",
            "/",
            ":",
            ":id",
            "(",
            ")",
            "(?:",
            "{",
            "}",
            "*",
            "+",
            "?",
            "\\",
            "[",
            "]",
            "|",
            "^",
            "$",
            ".",
            "-",
            "&&",
            "--",
            "{2,3}",
            "{2}",
            "@",
            "#",
            "%",
            "%41",
            "1",
            "é",
            "😀",
            "\uD83D",
            "https://",
            "http{s}?://",
            "example.com",
            "[::1]",
            ":8080",
            "\\d",
            " ",
            "..",
            "\n");
    return pieces.list().ofMaxSize(20).map(list -> String.join("", list));
  }

  @Property(tries = 5_000)
  void anyPatternIsRefusedOrMatchesAnythingInTheStepsThatAreKnown(
      @ForAll("patterns") String pattern, @ForAll("patterns") String topic) {
    UrlPattern compiled;
    try {
      compiled = UrlPattern.compile(pattern, HUB_TEXT);
    } catch (UrlPatternSyntaxException malformed) {
      assertThat(malformed.getMessage()).isNotBlank();
      assertThat(malformed.position()).isNotNegative();
      return;
    }
    WebUrl.parse(topic, HUB)
        .ifPresent(
            url ->
                assertThat(steps(compiled, url))
                    .isLessThanOrEqualTo(compiled.cost(topic, HUB.orElseThrow())));
  }

  @Property(tries = 2_000)
  void anyExpressionIsRefusedOrMatchesAnythingInTheStepsThatAreKnown(
      @ForAll("patterns") String expression, @ForAll("patterns") String topic) {
    UrlPattern compiled;
    try {
      compiled = UrlPattern.compile("/(" + expression + ")", HUB_TEXT);
    } catch (UrlPatternSyntaxException malformed) {
      return;
    }
    WebUrl.parse("/" + topic, HUB).ifPresent(url -> steps(compiled, url));
  }

  @Property(tries = 2_000)
  void anyTemplateIsRefusedOrMatchesAnythingInTheStepsThatAreKnown(
      @ForAll("patterns") String text, @ForAll("patterns") String topic) {
    UriTemplate template;
    try {
      template = UriTemplate.compile(text);
    } catch (UrlPatternSyntaxException malformed) {
      return;
    }
    AtomicLong steps = new AtomicLong();
    template.matches(topic, steps::addAndGet);

    assertThat(steps.get()).isLessThanOrEqualTo(template.cost(topic.length()));
  }
}
