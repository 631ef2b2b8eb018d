package dev.allim.ops;

import static java.util.Objects.requireNonNull;

import dev.allim.log.EventLog;
import dev.allim.log.LogRecord;
import dev.allim.log.TailListener;
import dev.allim.notification.Notification;
import dev.allim.security.AccessRules;
import dev.allim.topic.Topic;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what is published under which topic, if somebody may ask. Private notifications do not
 * count: their topics would be told to everybody. Any thread.
 */
@ApplicationScoped
class TopicTraffic implements TailListener {
  /** Between two times that somebody asks; beyond it a new topic has to wait for the next time. */
  private static final int MOST_TOPICS = 1000;

  /** Behind what is published to warm up. */
  private static final int LATE = 100_000;

  private final FiguresConfig config;
  private final AccessRules rules;
  private final EventLog log;
  private final AtomicReference<Map<Topic, LongAdder>> counts =
      new AtomicReference<>(new ConcurrentHashMap<>());

  TopicTraffic(FiguresConfig config, AccessRules rules, EventLog log) {
    this.config = config;
    this.rules = rules;
    this.log = log;
  }

  void begin(@Observes @Priority(LATE) StartupEvent event) {
    if (config.enabled().orElse(rules.knowsGrants())) {
      log.tail(log.status().head(), this);
    }
  }

  @Override
  public void appended(long upTo, List<LogRecord> records) {
    Map<Topic, LongAdder> now = requireNonNull(counts.get());
    for (LogRecord stored : records) {
      count(now, stored.notification());
    }
  }

  private static void count(Map<Topic, LongAdder> now, Notification notification) {
    Topic topic = notification.canonicalTopic();
    if (!notification.isPrivate() && !topic.isReserved()) {
      LongAdder known = now.get(topic);
      if (known != null) {
        known.increment();
      } else if (now.size() < MOST_TOPICS) {
        now.computeIfAbsent(topic, unknown -> new LongAdder()).increment();
      }
    }
  }

  @Override
  public void truncated(Topic topic, long upTo) {
    // what was published was published
  }

  @Override
  public void deleted(List<Long> positions) {
    // as above
  }

  /**
   * How much.
   *
   * @param topic the canonical topic
   * @param published notifications
   */
  record Traffic(Topic topic, long published) {}

  /** The busiest topics since this was last asked, the busiest first. */
  List<Traffic> take(int most) {
    return counts.getAndSet(new ConcurrentHashMap<>()).entrySet().stream()
        .map(entry -> new Traffic(entry.getKey(), entry.getValue().sum()))
        .sorted(
            (a, b) ->
                a.published() == b.published()
                    ? a.topic().name().compareTo(b.topic().name())
                    : Long.compare(b.published(), a.published()))
        .limit(most)
        .toList();
  }
}
