package dev.allim.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.text.InvalidFieldException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTemplateTest {
  @ParameterizedTest
  @CsvSource({
    "orders/{id}, orders/42, true",
    "orders/{id}, orders/, false",
    "orders/{id}, orders, false",
    "orders/{id}, orders/42/items, false",
    "orders/{id}, xorders/42, false",
    "orders/{id}/items, orders/42/items, true",
    "orders/{+rest}, orders/42/items, true",
    "orders/{+rest}, orders/, false",
    "{a}/{b}, 1/2, true",
    "{a}/{b}, 1/2/3, false",
    "{+a}/end, x/end/end, true",
    "a{x}a, aa, false",
    "a{x}a, aaa, true",
    "price.{s}, priceXEUR, false",
    "{x}, /, false",
    "{+x}, /, true",
    "https://example.com/{id}, https://example.com/😀, true",
  })
  void fitsTheWholeTopicOrNotAtAll(String template, String topic, boolean fits) {
    assertThat(TopicTemplate.parse(template).fits(topic)).isEqualTo(fits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{",
        "a}",
        "{}",
        "{+}",
        "{a",
        "a}b{c}",
        "{a b}",
        "{a,b}",
        "{?q}",
        "{a*}",
        "{a:3}",
        "{{a}}",
        "{a}{b}",
        "{a}x{a}",
        "{a}x{+a}",
        "{é}",
        "{#a}",
        "{a-b}"
      })
  void refusesWhatIsMalformedAndQuotesIt(String text) {
    assertThatThrownBy(() -> TopicTemplate.parse(text))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("'" + text + "'")
        .extracting(thrown -> ((InvalidFieldException) thrown).field())
        .isEqualTo("topic");
  }

  @Test
  void takesSixteenVariablesAndNotOneMore() {
    assertThat(TopicTemplate.parse(variables(16)).fits("x/".repeat(15) + "x")).isTrue();
    assertThatThrownBy(() -> TopicTemplate.parse(variables(17)))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("at most 16 variables");
  }

  private static String variables(int count) {
    return IntStream.range(0, count).mapToObj(i -> "{v" + i + "}").collect(Collectors.joining("/"));
  }

  @Test
  void isEqualWhenWrittenAlike() {
    assertThat(TopicTemplate.parse("a/{b}"))
        .isEqualTo(TopicTemplate.parse("a/{b}"))
        .hasSameHashCodeAs(TopicTemplate.parse("a/{b}"))
        .isNotEqualTo(TopicTemplate.parse("a/{c}"))
        .hasToString("a/{b}");
  }

  /** A backtracking matcher would need longer than the universe has, and a naive one seconds. */
  @ParameterizedTest
  @ValueSource(strings = {"{+v0}a{+v1}a{+v2}a{+v3}a{+v4}a{+v5}a{+v6}a{+v7}a{+v8}b", "{+v}%s"})
  void isNeverSlow(String pattern) {
    TopicTemplate template = TopicTemplate.parse(pattern.formatted("a".repeat(32_768) + "b"));
    String topic = "a".repeat(Topic.MAX_LENGTH);

    boolean fits =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> IntStream.range(0, 100).anyMatch(again -> template.fits(topic)));

    assertThat(fits).isFalse();
  }

  /** A piece of a template: a literal, or a variable of one segment or of any depth. */
  private record Part(String literal, boolean variable, boolean anyDepth) {
    String template(int index) {
      return variable ? (anyDepth ? "{+v" : "{v") + index + "}" : literal;
    }

    String regex() {
      return variable ? (anyDepth ? ".+" : "[^/]+") : Pattern.quote(literal);
    }
  }

  @Provide
  Arbitrary<List<Part>> parts() {
    Arbitrary<Part> literal = text(0, 3).map(text -> new Part(text, false, false));
    Arbitrary<Part> variable = Arbitraries.of(true, false).map(deep -> new Part("", true, deep));
    return literal
        .flatMap(first -> variable.map(second -> List.of(first, second)))
        .list()
        .ofMaxSize(4)
        .map(pairs -> pairs.stream().flatMap(List::stream).toList())
        .filter(parts -> parts.stream().skip(2).noneMatch(part -> part.equals(EMPTY)))
        .flatMap(parts -> literal.map(last -> plus(parts, last)));
  }

  private static final Part EMPTY = new Part("", false, false);

  private static List<Part> plus(List<Part> parts, Part last) {
    return IntStream.rangeClosed(0, parts.size())
        .mapToObj(i -> i < parts.size() ? parts.get(i) : last)
        .toList();
  }

  @Provide
  Arbitrary<String> topics() {
    return text(1, 12);
  }

  private static Arbitrary<String> text(int least, int most) {
    return Arbitraries.of("a", "b", "/", "\u2028", "😀")
        .list()
        .ofMinSize(least)
        .ofMaxSize(most)
        .map(list -> String.join("", list));
  }

  @Property(tries = 5000)
  void agreesWithARegularExpression(
      @ForAll("parts") List<Part> parts, @ForAll("topics") String topic) {
    String text =
        IntStream.range(0, parts.size())
            .mapToObj(i -> parts.get(i).template(i))
            .collect(Collectors.joining());
    Pattern oracle =
        Pattern.compile(
            parts.stream().map(Part::regex).collect(Collectors.joining()), Pattern.DOTALL);

    boolean fits = TopicTemplate.parse(text).fits(topic);

    assertThat(fits).as("%s on %s", text, topic).isEqualTo(oracle.matcher(topic).matches());
  }
}
