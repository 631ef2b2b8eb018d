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

  /** Something published. */
  private record Published(List<Topic> topics, boolean isPrivate) implements Addressed {}

  private static Addressed topics(String... names) {
    return new Published(Stream.of(names).map(Topic::new).toList(), false);
  }

  private static Addressed secret(String... names) {
    return new Published(Stream.of(names).map(Topic::new).toList(), true);
  }

  private static Audience granted(String... matchers) {
    return new Audience.Granted(in(matchers).matchers());
  }

  @Test
  void givesWhatIsPrivateToThoseWithAGrantOnly() {
    assertThat(in("*").admits(secret("a"))).isFalse();
    assertThat(in("a").within(granted("b")).admits(secret("a"))).isFalse();
    assertThat(in("a").within(granted("a")).admits(secret("a"))).isTrue();
    assertThat(in("b").within(granted("a")).admits(secret("a"))).isFalse();
    assertThat(TopicFilter.wholeLog().admits(secret("a"))).isTrue();
  }

  /** What is asked for and what is granted may be two of its topics. */
  @Test
  void asksForOneTopicAndIsGrantedAnother() {
    TopicFilter filter = in("a").within(granted("users/{id}"));

    assertThat(filter.admits(secret("a", "users/1"))).isTrue();
    assertThat(filter.admits(secret("a", "b"))).isFalse();
    assertThat(filter.admits(topics("a", "b"))).isTrue();
  }

  @Test
  void isEqualForThoseWhoMaySeeTheSame() {
    assertThat(in("a").within(granted("b", "c")))
        .isEqualTo(in("a").within(granted("c", "b")))
        .isNotEqualTo(in("a").within(granted("b")))
        .isNotEqualTo(in("a"));
  }

  @Test
  void admitsWhenAnyMatcherTakesAnyTopic() {
    TopicFilter filter = in("a", "b/{x}");

    assertThat(filter.admits(topics("a"))).isTrue();
    assertThat(filter.admits(topics("z", "b/1"))).isTrue();
    assertThat(filter.admits(topics("z", "b/1/2"))).isFalse();
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
    assertThatThrownBy(() -> new TopicFilter(Set.of(), new Audience.Public()))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("at least one topic");
  }
}
