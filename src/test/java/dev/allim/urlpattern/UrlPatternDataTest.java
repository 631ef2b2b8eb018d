package dev.allim.urlpattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.urlpattern.url.Component;
import dev.allim.urlpattern.url.PercentEncoding;
import dev.allim.urlpattern.url.WebUrl;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What browsers are held by, too: the data of the web platform tests. Held are whether a pattern is
 * one, whether it matches, and what a parsed URL has in each component; what groups capture and how
 * a compiled pattern is written are not there to be asked for.
 */
class UrlPatternDataTest {
  private static final int CASES = 369;

  private static final String IGNORED_CASE = "case is never ignored: topics differ by it";

  /** Cases that do not hold, each with its reason. */
  private static final Map<String, String> OUT_OF_SCOPE =
      Map.of(
          "[{\"pathname\":\"/foo/bar\"},{\"ignoreCase\":true}] [{\"pathname\":\"/FOO/BAR\"}]",
          IGNORED_CASE,
          "[\"https://example.com:8080/foo?bar#baz\",{\"ignoreCase\":true}]"
              + " [{\"pathname\":\"/FOO\",\"search\":\"BAR\",\"hash\":\"BAZ\","
              + "\"baseURL\":\"https://example.com:8080\"}]",
          IGNORED_CASE,
          "[\"/foo?bar#baz\",\"https://example.com:8080\",{\"ignoreCase\":true}]"
              + " [{\"pathname\":\"/FOO\",\"search\":\"BAR\",\"hash\":\"BAZ\","
              + "\"baseURL\":\"https://example.com:8080\"}]",
          IGNORED_CASE);

  /** One case of the data. */
  private record Case(JsonNode pattern, JsonNode inputs, JsonNode expected, boolean isError) {
    String name() {
      return pattern + " " + inputs;
    }

    UrlPattern compile() {
      return UrlPatternDataTest.compile(pattern);
    }

    void holds() {
      if (isError) {
        assertThatThrownBy(this::compile)
            .isInstanceOf(UrlPatternSyntaxException.class)
            .message()
            .isNotBlank();
        return;
      }
      UrlPattern compiled = compile();
      boolean isMatch = expected.isObject();
      assertThat(matches(compiled, inputs)).as(name()).isEqualTo(isMatch);
      if (isMatch) {
        assertThat(components(inputs)).as(name()).containsAllEntriesOf(expectedInputs());
      }
    }

    private Map<Component, String> expectedInputs() {
      Map<Component, String> values = new EnumMap<>(Component.class);
      for (Component component : Component.values()) {
        JsonNode value = expected.path(component.label()).path("input");
        if (!value.isMissingNode()) {
          values.put(component, value.textValue());
        }
      }
      return values;
    }
  }

  private static List<Case> cases() {
    try (InputStream data =
        UrlPatternDataTest.class.getResourceAsStream(
            "/web-platform-tests/urlpatterntestdata.json")) {
      List<Case> cases = new ArrayList<>();
      for (JsonNode one : new ObjectMapper().readTree(Objects.requireNonNull(data))) {
        cases.add(
            new Case(
                one.path("pattern"),
                one.path("inputs"),
                one.path("expected_match"),
                one.path("expected_obj").asText().equals("error")));
      }
      return cases;
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static UrlPattern compile(JsonNode pattern) {
    Optional<String> base = second(pattern);
    JsonNode first = pattern.path(0);
    if (first.isTextual()) {
      return UrlPattern.compile(first.textValue(), base);
    }
    requireNone(base);
    return UrlPattern.compile(texts(first));
  }

  private static boolean matches(UrlPattern pattern, JsonNode inputs) {
    JsonNode first = inputs.path(0);
    if (first.isTextual()) {
      return pattern.matches(first.textValue(), second(inputs));
    }
    return second(inputs).isEmpty() && pattern.matches(texts(first));
  }

  private static Map<Component, String> components(JsonNode inputs) {
    JsonNode first = inputs.path(0);
    if (!first.isTextual()) {
      return texts(first).forMatching().orElseThrow();
    }
    WebUrl url = WebUrl.parseAgainst(first.textValue(), second(inputs)).orElseThrow();
    Map<Component, String> values = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      values.put(component, url.component(component));
    }
    return values;
  }

  /** The base, which options must not stand before. */
  private static Optional<String> second(JsonNode arguments) {
    if (arguments.path(2).isTextual()) {
      throw new UrlPatternSyntaxException(0, "a base comes before options");
    }
    return Optional.ofNullable(arguments.path(1).textValue());
  }

  /** Components bring their base with them; there is no way to give another. */
  private static void requireNone(Optional<String> base) {
    if (base.isPresent()) {
      throw new UrlPatternSyntaxException(0, "components have no other base");
    }
  }

  private static ComponentTexts texts(JsonNode object) {
    Map<Component, String> texts = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      if (object.has(component.label())) {
        texts.put(component, PercentEncoding.scalar(object.get(component.label()).textValue()));
      }
    }
    return new ComponentTexts(texts, Optional.ofNullable(object.path("baseURL").textValue()));
  }

  @TestFactory
  Stream<DynamicTest> holdsForEachCase() {
    return cases().stream()
        .filter(one -> !OUT_OF_SCOPE.containsKey(one.name()))
        .map(one -> DynamicTest.dynamicTest(one.name(), one::holds));
  }

  @Test
  void holdsForAllButWhatIsOutOfScope() {
    List<Case> cases = cases();
    Set<String> failing = new TreeSet<>();
    for (Case one : cases) {
      try {
        one.holds();
      } catch (AssertionError | RuntimeException different) {
        failing.add(one.name());
      }
    }

    assertThat(cases).hasSize(CASES);
    assertThat(failing).isEqualTo(new TreeSet<>(OUT_OF_SCOPE.keySet()));
  }
}
