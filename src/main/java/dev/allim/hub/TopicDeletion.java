package dev.allim.hub;

import dev.allim.log.EventLog;
import dev.allim.log.LogRecord;
import dev.allim.log.Page;
import dev.allim.log.Truncation;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Deletes what is kept of a topic. Any thread that may block. */
final class TopicDeletion {
  private static final int NOTIFICATIONS_A_STEP = 256;
  private static final int BYTES_A_STEP = 1 << 20;

  private final EventLog log;

  TopicDeletion(EventLog log) {
    this.log = log;
  }

  /** All with this canonical topic; how many. */
  int all(Topic topic) {
    return truncation().purge(topic);
  }

  /**
   * Those of them that are {@code allowed} and kept by now; how many. They are judged here, a page
   * at a time, and go by their positions: whatever that costs, no publisher and no loop waits.
   */
  int those(Topic topic, Predicate<Notification> allowed) {
    TopicFilter filter =
        new TopicFilter(
            Set.of(new TopicMatcher.ExactTopic(topic)), TopicFilter.wholeLog().audience());
    long end = log.status().head();
    int deleted = 0;
    long reached = 0;
    boolean more = true;
    while (more) {
      Page page = log.read(reached, filter, NOTIFICATIONS_A_STEP, BYTES_A_STEP);
      deleted +=
          delete(
              page.items().stream()
                  .filter(kept -> kept.position() <= end)
                  .filter(kept -> kept.notification().canonicalTopic().equals(topic))
                  .filter(kept -> allowed.test(kept.notification()))
                  .map(LogRecord::position)
                  .toList());
      reached = page.upTo();
      more = !page.complete() && reached < end;
    }
    return deleted;
  }

  private int delete(List<Long> positions) {
    return positions.isEmpty() ? 0 : truncation().delete(positions);
  }

  private Truncation truncation() {
    return log.truncation()
        .orElseThrow(() -> new UnsupportedOperationException("This log deletes nothing"));
  }
}
