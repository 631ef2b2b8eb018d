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
 * Proposes the cohorts that a notification concerns by its topics, without looking at any other:
 * exact topics by hash, templates by {@link TemplateIndex}. Who may see it is not decided here.
 * Loop only.
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
    Adding adding = new Adding(cohort);
    cohort.interest().matchers().forEach(matcher -> matcher.accept(adding));
    return cohort;
  }

  /** Forgets a cohort that has no members left. */
  void remove(SubscriberGroup cohort) {
    cohorts.remove(new Wanted(cohort.interest(), cohort.dialect()));
    Removing removing = new Removing(cohort);
    cohort.interest().matchers().forEach(matcher -> matcher.accept(removing));
  }

  /** Puts a cohort where each of its matchers finds it. */
  private final class Adding implements TopicMatcher.Cases<Boolean> {
    private final SubscriberGroup cohort;

    Adding(SubscriberGroup cohort) {
      this.cohort = cohort;
    }

    @Override
    public Boolean anyTopic() {
      return everything.add(cohort);
    }

    @Override
    public Boolean exactTopic(Topic topic) {
      return exact.computeIfAbsent(topic, unknown -> new LinkedHashSet<>()).add(cohort);
    }

    @Override
    public Boolean template(TopicMatcher.Template template) {
      return templates.add(template, cohort);
    }
  }

  /** Takes a cohort from where each of its matchers found it. */
  private final class Removing implements TopicMatcher.Cases<Boolean> {
    private final SubscriberGroup cohort;

    Removing(SubscriberGroup cohort) {
      this.cohort = cohort;
    }

    @Override
    public Boolean anyTopic() {
      return everything.remove(cohort);
    }

    @Override
    public Boolean exactTopic(Topic topic) {
      return removeExact(topic, cohort);
    }

    @Override
    public Boolean template(TopicMatcher.Template template) {
      return templates.remove(template, cohort);
    }
  }

  private boolean removeExact(Topic topic, SubscriberGroup cohort) {
    Set<SubscriberGroup> groups = exact.get(topic);
    if (groups == null || !groups.remove(cohort)) {
      return false;
    }
    if (groups.isEmpty()) {
      exact.remove(topic);
    }
    return true;
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
    boolean takenByAll = false;
    for (Topic topic : published.topics()) {
      exact.getOrDefault(topic, Set.of()).forEach(each);
      if (!topic.isReserved()) {
        takenByAll = true;
        templates.route(topic, budget, each, undecided);
      }
    }
    if (takenByAll) {
      everything.forEach(each);
    }
  }

  int cohortCount() {
    return cohorts.size();
  }
}
