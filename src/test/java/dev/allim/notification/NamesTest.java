package dev.allim.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.text.InvalidFieldException;
import dev.allim.topic.Topic;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths and reserved words of ids, names, topics and keys. */
class NamesTest {
  private static void assertRefused(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining(field)
        .extracting(thrown -> ((InvalidFieldException) thrown).field())
        .isEqualTo(field);
  }

  @Test
  void refusesEmptyNames() {
    assertRefused("id", () -> new EventId(""));
    assertRefused("event", () -> new EventName(""));
    assertRefused("topic", () -> new Topic(""));
    assertRefused("key", () -> new Key(""));
  }

  @Test
  void takesNamesUpToTheirLongest() {
    assertThat(new EventId("x".repeat(256)).value()).hasSize(256);
    assertThat(new Key("x".repeat(256)).value()).hasSize(256);
    assertThat(new Topic("x".repeat(65_536)).name()).hasSize(65_536);
  }

  @Test
  void refusesLongerNames() {
    assertRefused("id", () -> new EventId("x".repeat(257)));
    assertRefused("key", () -> new Key("x".repeat(257)));
    assertRefused("topic", () -> new Topic("x".repeat(65_537)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "latest", "latest:x", "place:x", "#", "#1"})
  void keepsSomeIdsForTheHub(String id) {
    assertRefused("id", () -> EventId.given(id));
  }

  @Test
  void noPublisherGivesAnIdThatLooksLikeOneOfTheHub() {
    EventId made = new TimeOrderedIds(java.time.Clock.systemUTC(), new java.util.Random(1)).next();

    assertThat(made.isMadeByHub()).isTrue();
    assertRefused("id", () -> EventId.given(made.value()));
    String version7 = made.value().replaceFirst("(?<=-.{4}-)8", "7");
    assertThat(EventId.given(version7).isMadeByHub()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", " a", "a ", "\u00a0a", "a\u3000", "\u2028"})
  void refusesIdsThatAHeaderWouldNotCarryBack(String id) {
    assertRefused("id", () -> EventId.given(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Earliest", "latest1", "a#", "a b", "Place:", "주문 à"})
  void takesIdsThatOnlyResembleThem(String id) {
    assertThat(EventId.given(id)).hasToString(id);
  }

  @Test
  void refusesTheStarAsATopicAndSaysWhatItIs() {
    assertThatThrownBy(() -> new Topic("*")).hasMessageContaining("matches every topic");
    assertThat(new Topic("**").name()).isEqualTo("**");
  }

  @Test
  void keepsTheEventNameOfAGapForTheHub() {
    assertThatThrownBy(() -> new EventName("gap"))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("the hub's own");
    assertThat(new EventName("Gap")).hasToString("Gap");
  }
}
