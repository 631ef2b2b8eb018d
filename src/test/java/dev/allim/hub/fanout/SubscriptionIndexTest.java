package dev.allim.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.FrameTexts;
import dev.allim.log.MatchingBudget;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SubscriptionIndexTest {
  private static final int CACHED = 1000;
  private static final MatchingBudget ENOUGH = new MatchingBudget(Long.MAX_VALUE);
  private final SubscriptionIndex index = new SubscriptionIndex(CACHED);

  private static TopicFilter interest(String... matchers) {
    return TopicFilter.in(Stream.of(matchers).map(TopicMatcher::parse).toList());
  }

  private List<SubscriberGroup> route(String... topics) {
    List<SubscriberGroup> concerned = new ArrayList<>();
    PublishedFrame published = FrameTexts.at(1, topics);
    index.route(published, ENOUGH, concerned::add, never -> {});
    published.frame().release();
    return concerned;
  }

  @Test
  void touchesOneOfTenThousandTopics() {
    for (int i = 0; i < 10_000; i++) {
      index.cohort(interest("topic/" + i), Dialect.PLAIN);
    }

    assertThat(route("topic/4711"))
        .containsExactly(index.cohort(interest("topic/4711"), Dialect.PLAIN));
    assertThat(route("topic/none")).isEmpty();
  }

  @Test
  void hasOneCohortForOneInterest() {
    assertThat(index.cohort(interest("a", "b"), Dialect.PLAIN))
        .isSameAs(index.cohort(interest("b", "a"), Dialect.PLAIN));
    assertThat(index.cohortCount()).isEqualTo(1);
  }

  @Test
  void hasOneCohortForOneAudience() {
    TopicFilter everybody = interest("a");
    TopicFilter granted = everybody.within(new Audience.Granted(interest("b").matchers()));
    TopicFilter alike = everybody.within(new Audience.Granted(interest("b").matchers()));

    assertThat(index.cohort(granted, Dialect.PLAIN))
        .isSameAs(index.cohort(alike, Dialect.PLAIN))
        .isNotSameAs(index.cohort(everybody, Dialect.PLAIN));
  }

  @Test
  void asksEverythingExactAndTemplates() {
    SubscriberGroup everything = index.cohort(TopicFilter.everything(), Dialect.PLAIN);
    SubscriberGroup exact = index.cohort(interest("a/1"), Dialect.PLAIN);
    SubscriberGroup template = index.cohort(interest("a/{x}"), Dialect.PLAIN);
    index.cohort(interest("b/{x}"), Dialect.PLAIN);

    assertThat(route("a/1")).containsExactlyInAnyOrder(everything, exact, template);
    assertThat(route("z")).containsExactly(everything);
  }

  @Test
  void asksForAlternateTopicsToo() {
    SubscriberGroup cohort = index.cohort(interest("b"), Dialect.PLAIN);

    assertThat(route("a", "b")).containsExactly(cohort);
  }

  @Test
  void forgetsWhatNobodyAsksForAnyMore() {
    for (int i = 0; i < 100; i++) {
      SubscriberGroup cohort = index.cohort(interest("a", "a/{x" + i + "}", "b"), Dialect.PLAIN);
      index.remove(cohort);
    }
    index.remove(index.cohort(TopicFilter.everything(), Dialect.PLAIN));

    assertThat(index.cohortCount()).isZero();
    assertThat(index.find(interest("a"), Dialect.PLAIN)).isEmpty();
    assertThat(route("a", "a/1", "b")).isEmpty();
  }

  @Test
  void letsNewcomersWithAKnownTemplateIn() {
    SubscriberGroup first = index.cohort(interest("a/{x}"), Dialect.PLAIN);
    assertThat(route("a/1")).containsExactly(first);
    SubscriberGroup second = index.cohort(interest("a/{x}", "b"), Dialect.PLAIN);
    SubscriberGroup third = index.cohort(interest("{+y}"), Dialect.PLAIN);

    assertThat(route("a/1")).containsExactlyInAnyOrder(first, second, third);
  }

  @Test
  void boundsWhatItRemembersOfTopics() {
    TemplateIndex templates = new TemplateIndex(CACHED);
    templates.add(
        (TopicMatcher.Template) TopicMatcher.parse("a/{x}"),
        new SubscriberGroup(interest("a"), Dialect.PLAIN));
    for (int i = 0; i < 100; i++) {
      PublishedFrame published = FrameTexts.at(i, "a/" + i);
      templates.route(published.topics().get(0), ENOUGH, cohort -> {}, never -> {});
      published.frame().release();
    }

    assertThat(templates.cachedTopics()).isBetween(2, 4);
    assertThat(templates.cachedBytes()).isLessThanOrEqualTo(CACHED);
  }

  @Test
  void boundsWhatItRemembersByItsSizeNotByItsEntries() {
    TemplateIndex templates = new TemplateIndex(CACHED);
    for (int i = 0; i < 1000; i++) {
      templates.add(
          template("{x%d}".formatted(i)), new SubscriberGroup(interest("a"), Dialect.PLAIN));
    }

    for (int i = 0; i < 10; i++) {
      templates.route(new Topic("t" + i), ENOUGH, cohort -> {}, never -> {});
    }

    assertThat(templates.cachedBytes()).isLessThanOrEqualTo(CACHED);
  }

  @Test
  void keepsNothingOfTemplatesThatNobodyAsksForAnyMore() {
    TemplateIndex templates = new TemplateIndex(1 << 20);
    SubscriberGroup cohort = new SubscriberGroup(interest("a"), Dialect.PLAIN);
    templates.add(template("{stays}"), cohort);
    for (int i = 0; i < 1000; i++) {
      templates.add(template("{x%d}".formatted(i)), cohort);
    }
    templates.route(new Topic("t"), ENOUGH, found -> {}, never -> {});
    long full = templates.cachedBytes();

    for (int i = 0; i < 1000; i++) {
      templates.remove(template("{x%d}".formatted(i)), cohort);
    }

    assertThat(full - templates.cachedBytes()).isGreaterThan(900 * 8);
  }

  @Test
  void saysOfWhomItDoesNotKnowOnceTheBudgetIsSpentAndGoesOnThereNextTime() {
    TemplateIndex templates = new TemplateIndex(1 << 20);
    SubscriberGroup first = new SubscriberGroup(interest("a"), Dialect.PLAIN);
    SubscriberGroup second = new SubscriberGroup(interest("b"), Dialect.PLAIN);
    templates.add(template("{x}"), first);
    templates.add(template("{+x}"), second);
    List<SubscriberGroup> found = new ArrayList<>();
    List<SubscriberGroup> undecided = new ArrayList<>();

    templates.route(new Topic("t"), new MatchingBudget(1), found::add, undecided::add);

    assertThat(found).containsExactly(first);
    assertThat(undecided).containsExactly(second);
    found.clear();
    templates.route(new Topic("t"), new MatchingBudget(1), found::add, never -> {});
    assertThat(found).containsExactly(first, second);
  }

  private static TopicMatcher.Template template(String text) {
    return (TopicMatcher.Template) TopicMatcher.parse(text);
  }

  @Test
  void remembersNoTopicsWhileThereAreNoTemplates() {
    TemplateIndex templates = new TemplateIndex(CACHED);
    PublishedFrame published = FrameTexts.at(1, "a");

    templates.route(published.topics().get(0), ENOUGH, cohort -> {}, never -> {});

    assertThat(templates.cachedTopics()).isZero();
    published.frame().release();
  }

  /** Adds, removes or routes. */
  private record Step(int kind, TopicFilter interest, String topic) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<TopicFilter> interests =
        Arbitraries.of("*", "a", "a/1", "b/2", "a/{x}", "b/{x}", "{+x}", "{x}/1", "{x}/{y}")
            .set()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(matchers -> interest(matchers.toArray(String[]::new)));
    Arbitrary<String> topics = Arbitraries.of("a", "a/1", "a/2", "b/1", "b/2", "c/1/2", "d");
    return net.jqwik.api.Combinators.combine(
            Arbitraries.integers().between(0, 3), interests, topics)
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property
  void findsTheSameAsAskingEveryone(@ForAll("steps") List<Step> steps) {
    SubscriptionIndex tried = new SubscriptionIndex(CACHED);
    Set<TopicFilter> model = new HashSet<>();
    for (Step step : steps) {
      if (step.kind() == 0) {
        tried.cohort(step.interest(), Dialect.PLAIN);
        model.add(step.interest());
      } else if (step.kind() == 1) {
        tried.find(step.interest(), Dialect.PLAIN).ifPresent(tried::remove);
        model.remove(step.interest());
      } else {
        PublishedFrame published = FrameTexts.at(1, step.topic());
        Set<TopicFilter> found = new HashSet<>();
        tried.route(published, ENOUGH, cohort -> found.add(cohort.interest()), never -> {});
        Set<TopicFilter> expected = new HashSet<>(model);
        expected.removeIf(interest -> !interest.admits(published));
        published.frame().release();
        assertThat(found).isEqualTo(expected);
      }
    }
  }
}
