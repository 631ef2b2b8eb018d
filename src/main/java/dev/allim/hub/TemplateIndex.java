package dev.allim.hub;

import dev.allim.notification.Topic;
import dev.allim.notification.TopicMatcher.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Evaluates each distinct template once per topic and remembers the answer for a bounded number of
 * topics. A template that comes later is evaluated alone, against the topics that come by again;
 * nothing is thrown away for it. Loop only.
 */
final class TemplateIndex {
  private final Map<Template, Entry> entries = new HashMap<>();
  private final Map<Topic, Answer> answers;

  /** In the order in which they came; retired ones are swept when they are the majority. */
  private final List<Entry> inOrder = new ArrayList<>();

  private long arrivals;
  private long retirements;
  private int retiredInOrder;

  TemplateIndex(int cachedTopics) {
    answers = new RecentlyUsed(cachedTopics);
  }

  /** A template and who asks for it. */
  private static final class Entry {
    final Template template;
    final long arrival;
    final Set<Cohort> cohorts = new LinkedHashSet<>();
    boolean retired;

    Entry(Template template, long arrival) {
      this.template = template;
      this.arrival = arrival;
    }
  }

  /** Which of the templates that came up to a moment fit one topic. */
  private static final class Answer {
    final List<Entry> fitting = new ArrayList<>();
    long arrivalsSeen;
    long retirementsSeen;
  }

  private static final class RecentlyUsed extends LinkedHashMap<Topic, Answer> {
    private static final long serialVersionUID = 1L;
    private final int most;

    RecentlyUsed(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Topic, Answer> eldest) {
      return size() > most;
    }
  }

  void add(Template template, Cohort cohort) {
    entries.computeIfAbsent(template, this::arrive).cohorts.add(cohort);
  }

  private Entry arrive(Template template) {
    Entry entry = new Entry(template, ++arrivals);
    inOrder.add(entry);
    return entry;
  }

  void remove(Template template, Cohort cohort) {
    Entry entry = entries.get(template);
    if (entry != null && entry.cohorts.remove(cohort) && entry.cohorts.isEmpty()) {
      retire(entry);
    }
  }

  private void retire(Entry entry) {
    entries.remove(entry.template);
    entry.retired = true;
    retirements++;
    if (++retiredInOrder > inOrder.size() / 2) {
      inOrder.removeIf(known -> known.retired);
      retiredInOrder = 0;
    }
  }

  void route(Topic topic, Consumer<Cohort> each) {
    if (entries.isEmpty()) {
      return;
    }
    for (Entry entry : answer(topic).fitting) {
      entry.cohorts.forEach(each);
    }
  }

  private Answer answer(Topic topic) {
    Answer answer = answers.computeIfAbsent(topic, unknown -> new Answer());
    if (answer.retirementsSeen != retirements) {
      answer.fitting.removeIf(entry -> entry.retired);
      answer.retirementsSeen = retirements;
    }
    if (answer.arrivalsSeen != arrivals) {
      evaluateNewcomers(topic, answer);
    }
    return answer;
  }

  private void evaluateNewcomers(Topic topic, Answer answer) {
    for (int i = inOrder.size() - 1; i >= 0 && inOrder.get(i).arrival > answer.arrivalsSeen; i--) {
      Entry entry = inOrder.get(i);
      if (!entry.retired && entry.template.matches(topic)) {
        answer.fitting.add(entry);
      }
    }
    answer.arrivalsSeen = arrivals;
  }

  int cachedTopics() {
    return answers.size();
  }
}
