package dev.allim.hub.fanout;

import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Dialect;
import dev.allim.log.MatchingBudget;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the cohorts that a notification concerns without looking at any other: exact topics by
 * hash, templates by {@link TemplateIndex}. Loop only.
 */
final class SubscriptionIndex {
  private final Map<Wanted, SubscriberGroup> cohorts = new HashMap<>();
  private final Map<Topic, Set<SubscriberGroup>> exact = new HashMap<>();
  private final Set<SubscriberGroup> everything = new LinkedHashSet<>();
  private final TemplateIndex templates;

  /** What a cohort has in common. */
  private record Wanted(TopicFilter interest, Dialect dialect) {}

  SubscriptionIndex(int cachedBytes) {
    templates = new TemplateIndex(cachedBytes);
  }

  /** The cohort of this interest in this dialect, a new one if need be. */
  SubscriberGroup cohort(TopicFilter interest, Dialect dialect) {
    SubscriberGroup known = cohorts.get(new Wanted(interest, dialect));
    return known != null ? known : add(new SubscriberGroup(interest, dialect));
  }

  /** The cohort of this interest, if anyone has it. */
  Optional<SubscriberGroup> find(TopicFilter interest, Dialect dialect) {
    return Optional.ofNullable(cohorts.get(new Wanted(interest, dialect)));
  }

  private SubscriberGroup add(SubscriberGroup cohort) {
    cohorts.put(new Wanted(cohort.interest(), cohort.dialect()), cohort);
    for (TopicMatcher matcher : cohort.interest().matchers()) {
      if (matcher instanceof TopicMatcher.ExactTopic one) {
        exact.computeIfAbsent(one.topic(), topic -> new LinkedHashSet<>()).add(cohort);
      } else if (matcher instanceof TopicMatcher.Template template) {
        templates.add(template, cohort);
      } else {
        everything.add(cohort);
      }
    }
    return cohort;
  }

  /** Forgets a cohort that has no members left. */
  void remove(SubscriberGroup cohort) {
    cohorts.remove(new Wanted(cohort.interest(), cohort.dialect()));
    everything.remove(cohort);
    for (TopicMatcher matcher : cohort.interest().matchers()) {
      if (matcher instanceof TopicMatcher.ExactTopic one) {
        removeExact(one.topic(), cohort);
      } else if (matcher instanceof TopicMatcher.Template template) {
        templates.remove(template, cohort);
      }
    }
  }

  private void removeExact(Topic topic, SubscriberGroup cohort) {
    Set<SubscriberGroup> readers = exact.get(topic);
    if (readers != null && readers.remove(cohort) && readers.isEmpty()) {
      exact.remove(topic);
    }
  }

  /**
   * Calls {@code each} for every cohort concerned, possibly more than once for one that asks in
   * several ways.
   *
   * @param undecided called for those of whom it is not known when the budget is spent
   */
  public void route(
      PublishedFrame published,
      MatchingBudget budget,
      Consumer<SubscriberGroup> each,
      Consumer<SubscriberGroup> undecided) {
    everything.forEach(each);
    for (Topic topic : published.topics()) {
      exact.getOrDefault(topic, Set.of()).forEach(each);
      templates.route(topic, budget, each, undecided);
    }
  }

  int cohortCount() {
    return cohorts.size();
  }
}
