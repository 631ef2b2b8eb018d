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
 * Proposes the groups that a notification concerns by its topics, without looking at any other:
 * exact topics by hash, templates by {@link TemplateIndex}. Who may see it is not decided here.
 * Loop only.
 */
final class SubscriptionIndex {
  private final Map<Wanted, SubscriberGroup> groups = new HashMap<>();
  private final Map<Topic, Set<SubscriberGroup>> exact = new HashMap<>();
  private final Set<SubscriberGroup> everything = new LinkedHashSet<>();
  private final TemplateIndex templates;

  /** What a group has in common. */
  private record Wanted(TopicFilter filter, Dialect dialect) {}

  SubscriptionIndex(int cachedBytes) {
    templates = new TemplateIndex(cachedBytes);
  }

  /** The group of this filter in this dialect, a new one if need be. */
  SubscriberGroup group(TopicFilter filter, Dialect dialect) {
    SubscriberGroup known = groups.get(new Wanted(filter, dialect));
    return known != null ? known : add(new SubscriberGroup(filter, dialect));
  }

  /** The group of this filter, if anyone has it. */
  Optional<SubscriberGroup> find(TopicFilter filter, Dialect dialect) {
    return Optional.ofNullable(groups.get(new Wanted(filter, dialect)));
  }

  private SubscriberGroup add(SubscriberGroup group) {
    groups.put(new Wanted(group.filter(), group.dialect()), group);
    Adding adding = new Adding(group);
    group.filter().matchers().forEach(matcher -> matcher.accept(adding));
    return group;
  }

  /** Forgets a group that has no members left. */
  void remove(SubscriberGroup group) {
    groups.remove(new Wanted(group.filter(), group.dialect()));
    Removing removing = new Removing(group);
    group.filter().matchers().forEach(matcher -> matcher.accept(removing));
  }

  /** Puts a group where each of its matchers finds it. */
  private final class Adding implements TopicMatcher.Cases<Boolean> {
    private final SubscriberGroup group;

    Adding(SubscriberGroup group) {
      this.group = group;
    }

    @Override
    public Boolean anyTopic() {
      return everything.add(group);
    }

    @Override
    public Boolean exactTopic(Topic topic) {
      return exact.computeIfAbsent(topic, unknown -> new LinkedHashSet<>()).add(group);
    }

    @Override
    public Boolean template(TopicMatcher.Template template) {
      return templates.add(template, group);
    }
  }

  /** Takes a group from where each of its matchers found it. */
  private final class Removing implements TopicMatcher.Cases<Boolean> {
    private final SubscriberGroup group;

    Removing(SubscriberGroup group) {
      this.group = group;
    }

    @Override
    public Boolean anyTopic() {
      return everything.remove(group);
    }

    @Override
    public Boolean exactTopic(Topic topic) {
      return removeExact(topic, group);
    }

    @Override
    public Boolean template(TopicMatcher.Template template) {
      return templates.remove(template, group);
    }
  }

  private boolean removeExact(Topic topic, SubscriberGroup group) {
    Set<SubscriberGroup> groups = exact.get(topic);
    if (groups == null || !groups.remove(group)) {
      return false;
    }
    if (groups.isEmpty()) {
      exact.remove(topic);
    }
    return true;
  }

  /**
   * Calls {@code each} for every group concerned, possibly more than once for one that asks in
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
}
