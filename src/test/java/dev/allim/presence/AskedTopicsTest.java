package dev.allim.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.topic.Audience;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is meant by a topic; the same here and at another node. */
class AskedTopicsTest {
  private static List<TopicMatcher> matchers(String text) {
    return Stream.of(text.split(" ")).map(TopicMatcher::parse).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, b, false",
    "orders/42, orders/{id}, true",
    "orders/42, x orders/{id}, true",
    "orders/42, *, true",
    "orders/42, orders/42, true",
    "orders/42, orders/43, false",
    "orders/{id}, orders/{id}, true",
    "orders/{id}, orders/42, false",
    "orders/{id}, *, false",
    "*, *, true",
    "*, a, false",
    "a b, b, true",
    "$hub/figures, *, false",
    "$hub/figures, $hub/figures, true",
  })
  void aTopicMeansWhoWouldBeSentItAndATemplateWhoAsksForIt(
      String asked, String theirs, boolean taken) {
    AskedTopics topics = new AskedTopics(matchers(asked));
    ActiveSubscription one =
        new ActiveSubscription(
            UUID.randomUUID(),
            TopicFilter.in(matchers(theirs)),
            Instant.EPOCH,
            Optional.empty(),
            "10.0.0.1");

    assertThat(topics.takes(one, Audience.FREE)).isEqualTo(taken);
    assertThat(topics.takes(Listed.of(one, "node"))).isEqualTo(taken);
    assertThat(new AskedTopics(List.of()).takes(one, Audience.FREE)).isTrue();
  }
}
