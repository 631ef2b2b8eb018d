package dev.allim.mercure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.http.problem.ProblemException;
import dev.allim.text.InvalidFieldException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Line 245 of the checklist: what the pieces of a path are, by each draft. */
class SubscriptionsPathTest {
  private static final UUID ID = UUID.randomUUID();

  private static Optional<SubscriptionsPath.Matcher> matcher(String kind, String text) {
    return Optional.of(new SubscriptionsPath.Matcher(kind, text));
  }

  @Test
  void aTopicHasPagesInDraft07Alone() {
    assertThat(SubscriptionsPath.of("/a%2Fb", true))
        .isEqualTo(new SubscriptionsPath(matcher("topic", "a/b"), Optional.empty()));
    assertThat(SubscriptionsPath.of("/regexp/urn%3Auuid%3A" + ID, true))
        .isEqualTo(new SubscriptionsPath(matcher("topic", "regexp"), Optional.of(ID)));

    assertThatThrownBy(() -> SubscriptionsPath.of("/a", false))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> SubscriptionsPath.of("/regexp/a", false))
        .isInstanceOf(InvalidFieldException.class);
  }

  @Test
  void aKindOfMatcherHasItsOwnInBoth() {
    for (boolean both : new boolean[] {true, false}) {
      assertThat(SubscriptionsPath.of("/exact/a", both))
          .isEqualTo(new SubscriptionsPath(matcher("exact", "a"), Optional.empty()));
      assertThat(SubscriptionsPath.of("/urlpattern/a/" + ID, both))
          .isEqualTo(new SubscriptionsPath(matcher("urlpattern", "a"), Optional.of(ID)));
      assertThat(SubscriptionsPath.of("", both))
          .isEqualTo(new SubscriptionsPath(Optional.empty(), Optional.empty()));
    }
  }
}
