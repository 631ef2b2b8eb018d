package dev.allim.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamedTopicsTest {
  private static NamedTopics of(String... matchers) {
    return NamedTopics.of(TopicFilter.in(Stream.of(matchers).map(TopicMatcher::parse).toList()));
  }

  @Test
  void whereAllIsNamedNothingElseIsAskedFor() {
    assertThat(of("a", "b/1").all().orElseThrow())
        .containsExactlyInAnyOrder(new Topic("a"), new Topic("b/1"));
  }

  @Test
  void whatIsNamedBesideATemplateIsNotAll() {
    NamedTopics some = of("a", "b/{id}");

    assertThat(some.topics()).containsExactly(new Topic("a"));
    assertThat(some.all()).isEmpty();
  }

  @Test
  void whoAsksForEverythingNamesNothing() {
    assertThat(of("*")).isEqualTo(new NamedTopics(List.of(), false));
    assertThat(NamedTopics.of(TopicFilter.wholeLog()).isAll()).isFalse();
  }
}
