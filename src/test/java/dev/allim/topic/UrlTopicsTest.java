package dev.allim.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Patterns of another kind than templates are matchers like these. */
class UrlTopicsTest {
  private static final TopicMatcher BOOKS = UrlTopics.matcher("/books/:id");

  /** Something published. */
  private record Published(List<Topic> topics, boolean isPrivate) implements Addressed {}

  private static Addressed secret(String topic) {
    return new Published(List.of(new Topic(topic)), true);
  }

  @Test
  void takesAUrlHoweverItIsWritten() {
    assertThat(BOOKS.matches(new Topic("/books/1"))).isTrue();
    assertThat(BOOKS.matches(new Topic("https://HUB.example.com:443/x/../books/1"))).isTrue();
    assertThat(BOOKS.matches(new Topic("/films/1"))).isFalse();
    assertThat(BOOKS.matches(new Topic("http://["))).isFalse();
  }

  @Test
  void neverTakesWhatTheHubSaysOfItself() {
    TopicMatcher all = UrlTopics.matcher("/*");

    assertThat(all.matches(new Topic("any"))).isTrue();
    assertThat(all.matches(new Topic(Topic.RESERVED + "any"))).isFalse();
  }

  @Test
  void isGrantedLikeAnyOther() {
    TopicFilter filter = UrlTopics.filter("/*").within(new Audience.Granted(Set.of(BOOKS)));

    assertThat(filter.admits(secret("/books/1"))).isTrue();
    assertThat(filter.admits(secret("/films/1"))).isFalse();
  }

  @Test
  void namesNoTopicThatALogCouldLookUp() {
    assertThat(NamedTopics.of(UrlTopics.filter("/books/1")))
        .isEqualTo(new NamedTopics(List.of(), false));
  }

  @Test
  void saysWhatItTakesToFindOut() {
    AtomicLong costs = new AtomicLong();

    UrlTopics.filter("/:a/:b").wants(List.of(new Topic("/" + "a".repeat(1_000))), costs::addAndGet);

    assertThat(costs.get()).isGreaterThan(1_000);
  }
}
