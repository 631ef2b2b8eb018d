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
import dev.allim.topic.UrlTopics;
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

  private static TopicFilter filter(String... matchers) {
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
      index.group(filter("topic/" + i), Dialect.PLAIN);
    }

    assertThat(route("topic/4711"))
        .containsExactly(index.group(filter("topic/4711"), Dialect.PLAIN));
    assertThat(route("topic/none")).isEmpty();
  }

  @Test
  void hasOneGroupForOneFilter() {
    assertThat(index.group(filter("a", "b"), Dialect.PLAIN))
        .isSameAs(index.group(filter("b", "a"), Dialect.PLAIN));
  }

  @Test
  void hasOneGroupForOneAudience() {
    TopicFilter everybody = filter("a");
    TopicFilter granted = everybody.within(new Audience.Granted(filter("b").matchers()));
    TopicFilter alike = everybody.within(new Audience.Granted(filter("b").matchers()));

    assertThat(index.group(granted, Dialect.PLAIN))
        .isSameAs(index.group(alike, Dialect.PLAIN))
        .isNotSameAs(index.group(everybody, Dialect.PLAIN));
  }

  @Test
  void asksEverythingExactAndTemplates() {
    SubscriberGroup everything = index.group(TopicFilter.everything(), Dialect.PLAIN);
    SubscriberGroup exact = index.group(filter("a/1"), Dialect.PLAIN);
    SubscriberGroup template = index.group(filter("a/{x}"), Dialect.PLAIN);
    index.group(filter("b/{x}"), Dialect.PLAIN);

    assertThat(route("a/1")).containsExactlyInAnyOrder(everything, exact, template);
    assertThat(route("z")).containsExactly(everything);
  }

  @Test
  void asksPatternsOfOtherKindsAsItAsksTemplates() {
    TopicFilter books = UrlTopics.filter("/books/:id");
    SubscriberGroup group = index.group(books, Dialect.PLAIN);

    assertThat(route("/books/1")).containsExactly(group);
    assertThat(route("https://hub.example.com/books/1")).containsExactly(group);
    assertThat(route("/films/1")).isEmpty();
    assertThat(index.group(UrlTopics.filter("/books/:id"), Dialect.PLAIN)).isSameAs(group);
    index.remove(group);
    assertThat(route("/books/1")).isEmpty();
  }

  @Test
  void patternsOfOtherKindsTakeFromTheBudgetWhatTheyTake() {
    TemplateIndex templates = new TemplateIndex(1 << 20);
    SubscriberGroup group = new SubscriberGroup(filter("a"), Dialect.PLAIN);
    MatchingBudget budget = new MatchingBudget(1_000);
    templates.add(UrlTopics.matcher("/:a/:b"), group);

    templates.route(new Topic("/" + "a".repeat(1_000)), budget, never -> {}, never -> {});

    assertThat(budget.isSpent()).isTrue();
  }

  @Test
  void asksForAlternateTopicsToo() {
    SubscriberGroup group = index.group(filter("b"), Dialect.PLAIN);

    assertThat(route("a", "b")).containsExactly(group);
  }

  @Test
  void forgetsWhatNobodyAsksForAnyMore() {
    for (int i = 0; i < 100; i++) {
      TopicFilter filter = filter("a", "a/{x" + i + "}", "b");
      index.remove(index.group(filter, Dialect.PLAIN));
      assertThat(index.find(filter, Dialect.PLAIN)).isEmpty();
    }
    index.remove(index.group(TopicFilter.everything(), Dialect.PLAIN));

    assertThat(index.find(TopicFilter.everything(), Dialect.PLAIN)).isEmpty();
    assertThat(route("a", "a/1", "b")).isEmpty();
  }

  @Test
  void letsNewcomersWithAKnownTemplateIn() {
    SubscriberGroup first = index.group(filter("a/{x}"), Dialect.PLAIN);
    assertThat(route("a/1")).containsExactly(first);
    SubscriberGroup second = index.group(filter("a/{x}", "b"), Dialect.PLAIN);
    SubscriberGroup third = index.group(filter("{+y}"), Dialect.PLAIN);

    assertThat(route("a/1")).containsExactlyInAnyOrder(first, second, third);
  }

  @Test
  void boundsWhatItRemembersOfTopics() {
    TemplateIndex templates = new TemplateIndex(CACHED);
    templates.add(
        (TopicMatcher.Template) TopicMatcher.parse("a/{x}"),
        new SubscriberGroup(filter("a"), Dialect.PLAIN));
    for (int i = 0; i < 100; i++) {
      PublishedFrame published = FrameTexts.at(i, "a/" + i);
      templates.route(published.topics().get(0), ENOUGH, group -> {}, never -> {});
      published.frame().release();
    }

    assertThat(templates.cachedBytes()).isBetween(CACHED / 2L, (long) CACHED);
  }

  @Test
  void boundsWhatItRemembersByItsSizeNotByItsEntries() {
    TemplateIndex templates = new TemplateIndex(CACHED);
    for (int i = 0; i < 1000; i++) {
      templates.add(
          template("{x%d}".formatted(i)), new SubscriberGroup(filter("a"), Dialect.PLAIN));
    }

    for (int i = 0; i < 10; i++) {
      templates.route(new Topic("t" + i), ENOUGH, group -> {}, never -> {});
    }

    assertThat(templates.cachedBytes()).isLessThanOrEqualTo(CACHED);
  }

  @Test
  void keepsNothingOfTemplatesThatNobodyAsksForAnyMore() {
    TemplateIndex templates = new TemplateIndex(1 << 20);
    SubscriberGroup group = new SubscriberGroup(filter("a"), Dialect.PLAIN);
    templates.add(template("{stays}"), group);
    for (int i = 0; i < 1000; i++) {
      templates.add(template("{x%d}".formatted(i)), group);
    }
    templates.route(new Topic("t"), ENOUGH, found -> {}, never -> {});
    long full = templates.cachedBytes();

    for (int i = 0; i < 1000; i++) {
      templates.remove(template("{x%d}".formatted(i)), group);
    }

    assertThat(full - templates.cachedBytes()).isGreaterThan(900 * 8);
  }

  @Test
  void saysOfWhomItDoesNotKnowOnceTheBudgetIsSpentAndGoesOnThereNextTime() {
    TemplateIndex templates = new TemplateIndex(1 << 20);
    SubscriberGroup first = new SubscriberGroup(filter("a"), Dialect.PLAIN);
    SubscriberGroup second = new SubscriberGroup(filter("b"), Dialect.PLAIN);
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

    templates.route(published.topics().get(0), ENOUGH, group -> {}, never -> {});

    assertThat(templates.cachedBytes()).isZero();
    published.frame().release();
  }

  /** Adds, removes or routes. */
  private record Step(int kind, TopicFilter filter, String topic) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<TopicFilter> filters =
        Arbitraries.of("*", "a", "a/1", "b/2", "a/{x}", "b/{x}", "{+x}", "{x}/1", "{x}/{y}")
            .set()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(matchers -> filter(matchers.toArray(String[]::new)));
    Arbitrary<String> topics = Arbitraries.of("a", "a/1", "a/2", "b/1", "b/2", "c/1/2", "d");
    return net.jqwik.api.Combinators.combine(Arbitraries.integers().between(0, 3), filters, topics)
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
        tried.group(step.filter(), Dialect.PLAIN);
        model.add(step.filter());
      } else if (step.kind() == 1) {
        tried.find(step.filter(), Dialect.PLAIN).ifPresent(tried::remove);
        model.remove(step.filter());
      } else {
        PublishedFrame published = FrameTexts.at(1, step.topic());
        Set<TopicFilter> found = new HashSet<>();
        tried.route(published, ENOUGH, group -> found.add(group.filter()), never -> {});
        Set<TopicFilter> expected = new HashSet<>(model);
        expected.removeIf(filter -> !filter.admits(published));
        published.frame().release();
        assertThat(found).isEqualTo(expected);
      }
    }
  }
}
