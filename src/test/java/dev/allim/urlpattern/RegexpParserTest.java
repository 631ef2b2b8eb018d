package dev.allim.urlpattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexpParserTest {
  private static boolean matches(String expression, String text) {
    return Program.of(List.of(RegexpParser.parse(expression, 0))).matches(text, steps -> {});
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "a, a, true",
        "a, b, false",
        "a|bc, bc, true",
        "a|bc, abc, false",
        "|a, \"\", true",
        "a*, aaa, true",
        "a+, \"\", false",
        "a+?, aa, true",
        "ab??c, ac, true",
        "\"a{2,3}\", a, false",
        "\"a{2,3}\", aaa, true",
        "\"a{2,3}\", aaaa, false",
        "a{2}, aa, true",
        "\"a{2,}\", aaaaa, true",
        "(?:ab)+, abab, true",
        "(?<n>ab)c, abc, true",
        "a.c, abc, true",
        "^a$, a, true",
        "a^b, ab, false",
        "a\\b-, a-, true",
        "a\\bb, ab, false",
        "a\\Bb, ab, true",
        "(?:^)*a, a, true",
        "\\d\\D\\w\\W\\s\\S, \"1a_- x\", true",
        "\\d, a, false",
        "\\x41\\u0042\\u{43}\\cJ?, ABC, true",
        "\\.\\/\\[, ./[, true",
        "[abc], b, true",
        "[^abc], b, false",
        "[^abc], d, true",
        "[^], x, true",
        "[], x, false",
        "[a-c\\d], 7, true",
        "[a-c\\d], d, false",
        "[a\\-c], -, true",
        "[\\b\\n], b, false",
        "[[a-z]--[aeiou]], b, true",
        "[[a-z]--[aeiou]], e, false",
        "[[a-z]&&[^b]], a, true",
        "[[a-z]&&[^b]], b, false",
        "[[a-z]&&[b-d]&&[c-z]], c, true",
        "[\\w--\\d--_], a, true",
        "[\\w--\\d--_], _, false",
      })
  void matchesAsEcmaScriptDoes(String expression, String text, boolean matches) {
    assertThat(matches(expression, text)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?:a",
        "a)",
        "*",
        "a**",
        "a{",
        "a{,2}",
        "a{3,2}",
        "a{2",
        "a}",
        "]",
        "[a",
        "[b-a]",
        "[a-]",
        "[a||b]",
        "[a&&&b]",
        "[(]",
        "[a-\\d]",
        "[a--b&&c]",
        "[a-z&&[^b]]",
        "\\",
        "\\m",
        "\\01",
        "\\1",
        "\\c1",
        "\\x4",
        "\\u12",
        "\\u{110000}",
        "\\u{}",
        "\\p{L}",
        "\\q{a}",
        "[\\q{a}]",
        "(?a)",
        "(?<>a)",
        "(?<1>a)",
        "(?<a",
        "(?i:a)",
        "(?R)",
        "^*",
        "\\b+"
      })
  void refusesWhatIsMalformedOrNotSupported(String expression) {
    assertThatThrownBy(() -> RegexpParser.parse(expression, 0))
        .isInstanceOf(UrlPatternSyntaxException.class)
        .message()
        .isNotBlank();
  }
}
