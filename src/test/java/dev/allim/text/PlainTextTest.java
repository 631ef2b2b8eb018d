package dev.allim.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicTemplate;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule for every text that ends up in a line of its own. */
class PlainTextTest {
  private static final Pattern FORBIDDEN = Pattern.compile("\\p{Cc}|\\p{Cf}|\\p{Cs}");

  static Stream<Arguments> carriers() {
    return Stream.of(
        carrier("id", EventId::new),
        carrier("event", EventName::new),
        carrier("topic", Topic::new),
        carrier("topic", TopicTemplate::parse),
        carrier("key", Key::new));
  }

  private static Arguments carrier(String field, Consumer<String> value) {
    return Arguments.of(field, value);
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void refusesWhatCouldForgeALineOrHideText(String field, Consumer<String> value) {
    int[] examples = {
      0, '\t', '\n', '\r', 0x1B, 0x7F, 0x85, 0x9F, 0xAD, 0x0890, 0x0891, 0x200B, 0x202E, 0x2066,
      0xFEFF, 0x110BD, 0x13439, 0x1343F, 0xE0001
    };
    for (int codePoint : examples) {
      assertThatThrownBy(() -> value.accept("a" + Character.toString(codePoint) + "b"))
          .as("U+%04X", codePoint)
          .isInstanceOf(InvalidFieldException.class)
          .hasMessageStartingWith(field + " must not contain ")
          .hasMessageEndingWith("(U+%04X at index 1)".formatted(codePoint))
          .extracting(thrown -> ((InvalidFieldException) thrown).field())
          .isEqualTo(field);
    }
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void refusesHalfASurrogatePair(String field, Consumer<String> value) {
    for (String broken :
        new String[] {"a\uD83D", "\uDE00a", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"}) {
      assertThatThrownBy(() -> value.accept(broken))
          .isInstanceOf(InvalidFieldException.class)
          .hasMessageContaining("half a surrogate pair");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orders/42",
        "알림",
        "naïve café",
        "приказ №7",
        "😀👍",
        "العربية",
        "a\u00A0b",
        "~ !"
      })
  void allowsOrdinaryText(String text) {
    assertThat(new EventId(text).value()).isEqualTo(text);
    assertThat(new EventName(text)).hasToString(text);
    assertThat(new Topic(text)).hasToString(text);
    assertThat(new Key(text)).hasToString(text);
    assertThat(TopicTemplate.parse(text)).hasToString(text);
  }

  /** The tables of the JDK in use know at least what Java 17's know; what is newer is named. */
  @Test
  void decidesOnEveryCodePointByItsCategory() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      String text = Character.toString(codePoint);
      boolean newer = codePoint == 0x890 || codePoint == 0x891 || between(codePoint);
      boolean refused = catchThrowable(() -> PlainText.require("x", text)) != null;
      if (refused != (newer || FORBIDDEN.matcher(text).matches())) {
        assertThat(refused).as("U+%04X refused", codePoint).isEqualTo(!refused);
      }
    }
  }

  private static boolean between(int codePoint) {
    return codePoint >= 0x13439 && codePoint <= 0x1343F;
  }
}
