package dev.allim.hub.fanout;

import dev.allim.log.MatchingBudget;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Evaluates each distinct template once per topic and remembers the answer, for as many topics as
 * fit into a bounded memory. A template that comes later is evaluated alone, against the topics
 * that come by again; nothing is thrown away for it. Loop only.
 */
final class TemplateIndex {
  /** What an answer takes beside what it names: its objects and its place in the map. */
  private static final int ANSWER_BYTES = 256;

  private static final int REFERENCE_BYTES = 8;

  /** Below this, going through all answers to forget the retired costs more than they do. */
  private static final int RETIRED_AT_LEAST = 64;

  private final Map<Template, Entry> entries = new HashMap<>();
  private final LinkedHashMap<Topic, Answer> answers = new LinkedHashMap<>(16, 0.75f, true);
  private final int mostBytes;

  /** In the order in which they came; retired ones are swept when they are the majority. */
  private final List<Entry> inOrder = new ArrayList<>();

  private long bytes;
  private long arrivals;
  private int retiredInOrder;

  /** Remembers as many answers as take about {@code mostBytes}. */
  TemplateIndex(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** A template and who asks for it; a retired one keeps neither. */
  private static final class Entry {
    final long arrival;
    final Set<SubscriberGroup> groups = new LinkedHashSet<>();
    Optional<Template> template;

    Entry(Template template, long arrival) {
      this.template = Optional.of(template);
      this.arrival = arrival;
    }

    boolean isRetired() {
      return template.isEmpty();
    }
  }

  /** Which of the templates that came up to a moment fit one topic. */
  private static final class Answer {
    final List<Entry> fitting = new ArrayList<>(0);
    long arrivalsSeen;
    long bytes;
  }

  boolean add(Template template, SubscriberGroup group) {
    return entries.computeIfAbsent(template, this::arrive).groups.add(group);
  }

  private Entry arrive(Template template) {
    Entry entry = new Entry(template, ++arrivals);
    inOrder.add(entry);
    return entry;
  }

  boolean remove(Template template, SubscriberGroup group) {
    Entry entry = entries.get(template);
    if (entry == null || !entry.groups.remove(group)) {
      return false;
    }
    if (entry.groups.isEmpty()) {
      entries.remove(template);
      retire(entry);
    }
    return true;
  }

  private void retire(Entry entry) {
    entry.template = Optional.empty();
    if (++retiredInOrder > Math.max(RETIRED_AT_LEAST, inOrder.size() / 2)) {
      inOrder.removeIf(Entry::isRetired);
      answers.forEach((topic, answer) -> forgetRetired(topic, answer));
      retiredInOrder = 0;
    }
    if (entries.isEmpty()) {
      answers.clear();
      bytes = 0;
    }
  }

  private void forgetRetired(Topic topic, Answer answer) {
    if (answer.fitting.removeIf(Entry::isRetired)) {
      account(topic, answer);
    }
  }

  /**
   * Calls {@code each} for whoever a topic concerns.
   *
   * @param undecided called for those of whom it is not known when the budget is spent
   */
  void route(
      Topic topic,
      MatchingBudget budget,
      Consumer<SubscriberGroup> each,
      Consumer<SubscriberGroup> undecided) {
    if (entries.isEmpty()) {
      return;
    }
    Answer answer = answers.computeIfAbsent(topic, unknown -> new Answer());
    if (answer.arrivalsSeen != arrivals) {
      evaluateNewcomers(topic, answer, budget, undecided);
    }
    for (Entry entry : answer.fitting) {
      entry.groups.forEach(each);
    }
    letGoWhatIsTooMuch();
  }

  private void evaluateNewcomers(
      Topic topic, Answer answer, MatchingBudget budget, Consumer<SubscriberGroup> undecided) {
    int next = indexAfter(answer.arrivalsSeen);
    for (; next < inOrder.size() && !budget.isSpent(); next++) {
      Entry entry = inOrder.get(next);
      entry.template.ifPresent(template -> budget.accept(template.cost(topic)));
      if (entry.template.filter(template -> template.matches(topic)).isPresent()) {
        answer.fitting.add(entry);
      }
      answer.arrivalsSeen = entry.arrival;
    }
    answer.arrivalsSeen = next == inOrder.size() ? arrivals : answer.arrivalsSeen;
    account(topic, answer);
    inOrder.subList(next, inOrder.size()).forEach(entry -> entry.groups.forEach(undecided));
  }

  private int indexAfter(long arrival) {
    int low = 0;
    int high = inOrder.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (inOrder.get(middle).arrival <= arrival) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void account(Topic topic, Answer answer) {
    long now =
        ANSWER_BYTES + 2L * topic.name().length() + (long) REFERENCE_BYTES * answer.fitting.size();
    bytes += now - answer.bytes;
    answer.bytes = now;
  }

  /** Those that have not come by for longest go first. */
  private void letGoWhatIsTooMuch() {
    Iterator<Answer> longestUnused = answers.values().iterator();
    while (bytes > mostBytes && longestUnused.hasNext()) {
      bytes -= longestUnused.next().bytes;
      longestUnused.remove();
    }
  }

  long cachedBytes() {
    return bytes;
  }
}
