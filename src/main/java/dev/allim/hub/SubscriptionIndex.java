package dev.allim.hub;

import dev.allim.history.MatchingBudget;
import dev.allim.notification.Interest;
import dev.allim.notification.Topic;
import dev.allim.notification.TopicMatcher;
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
  private final Map<Wanted, Cohort> cohorts = new HashMap<>();
  private final Map<Topic, Set<Cohort>> exact = new HashMap<>();
  private final Set<Cohort> everything = new LinkedHashSet<>();
  private final TemplateIndex templates;

  /** What a cohort has in common. */
  private record Wanted(Interest interest, Dialect dialect) {}

  SubscriptionIndex(int cachedBytes) {
    templates = new TemplateIndex(cachedBytes);
  }

  /** The cohort of this interest in this dialect, a new one if need be. */
  Cohort cohort(Interest interest, Dialect dialect) {
    Cohort known = cohorts.get(new Wanted(interest, dialect));
    return known != null ? known : add(new Cohort(interest, dialect));
  }

  /** The cohort of this interest, if anyone has it. */
  Optional<Cohort> find(Interest interest, Dialect dialect) {
    return Optional.ofNullable(cohorts.get(new Wanted(interest, dialect)));
  }

  private Cohort add(Cohort cohort) {
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
  void remove(Cohort cohort) {
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

  private void removeExact(Topic topic, Cohort cohort) {
    Set<Cohort> readers = exact.get(topic);
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
  void route(
      Published published,
      MatchingBudget budget,
      Consumer<Cohort> each,
      Consumer<Cohort> undecided) {
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
