package dev.allim.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.text.InvalidFieldException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicFilterTest {
  private static TopicFilter in(String... matchers) {
    return TopicFilter.in(Stream.of(matchers).map(TopicMatcher::parse).toList());
  }

  private static List<Topic> topics(String... names) {
    return Stream.of(names).map(Topic::new).toList();
  }

  @Test
  void admitsWhenAnyMatcherTakesAnyTopic() {
    TopicFilter interest = in("a", "b/{x}");

    assertThat(interest.admits(topics("a"))).isTrue();
    assertThat(interest.admits(topics("z", "b/1"))).isTrue();
    assertThat(interest.admits(topics("z", "b/1/2"))).isFalse();
  }

  @Test
  void readsMatchersAsSubscribersWriteThem() {
    assertThat(TopicMatcher.parse("*")).isEqualTo(new TopicMatcher.AnyTopic());
    assertThat(TopicMatcher.parse("a*")).isEqualTo(new TopicMatcher.ExactTopic(new Topic("a*")));
    assertThat(TopicMatcher.parse("{a}")).isInstanceOf(TopicMatcher.Template.class);
    assertThatThrownBy(() -> TopicMatcher.parse("a}")).isInstanceOf(InvalidFieldException.class);
    assertThatThrownBy(() -> TopicMatcher.parse("")).isInstanceOf(InvalidFieldException.class);
  }

  @Test
  void isEqualInWhateverOrderItWasWritten() {
    assertThat(in("a", "b/{x}", "a"))
        .isEqualTo(in("b/{x}", "a"))
        .hasSameHashCodeAs(in("b/{x}", "a"));
  }

  @Test
  void asksForEverythingWhenOneMatcherDoes() {
    assertThat(in("a", "*", "{x}")).isEqualTo(TopicFilter.everything());
    assertThat(TopicFilter.everything().admits(topics("whatever"))).isTrue();
  }

  @Test
  void needsAMatcher() {
    assertThatThrownBy(() -> new TopicFilter(Set.of()))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("at least one topic");
  }
}
