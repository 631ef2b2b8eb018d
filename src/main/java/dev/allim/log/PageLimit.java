package dev.allim.log;

import dev.allim.notification.Notification;
import dev.allim.topic.Addressed;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects a page and says when it is full: by what its notifications will take in either of the
 * forms in which they go out, and not by what they take here. For one thread, one page.
 */
public final class PageLimit {
  /** A line feed as an event is a whole field, "data: "; as JSON it is two. */
  private static final int BYTES_OF_A_LINE = 7;

  private static final int BYTES_BEYOND_ASCII = 3;
  private static final int BYTES_ESCAPED = 2;
  private static final int ASCII = 0x80;

  /** About 50 ms of one core: a page that is dear to find is short, and others have their turn. */
  private static final long MATCHING_A_PAGE = 50L << 20;

  private final Instant now;
  private final int most;
  private final int mostBytes;
  private final List<LogRecord> items = new ArrayList<>();
  private final MatchingBudget matching = new MatchingBudget(MATCHING_A_PAGE);
  private long bytes;

  public PageLimit(Instant now, int most, int mostBytes) {
    this.now = now;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** Takes a notification, unless it has expired. */
  public void add(LogRecord stored) {
    Notification notification = stored.notification();
    if (!notification.expiredAt(now)) {
      items.add(stored);
      bytes += bytes(notification);
    }
  }

  /** About what a notification takes in the larger of the two forms. */
  public static long bytes(Notification notification) {
    long sum = bytes(notification.data());
    if (notification.context().isPresent()) {
      sum += bytes(notification.context().get().json());
    }
    for (Topic topic : notification.topics()) {
      sum += (long) BYTES_BEYOND_ASCII * topic.name().length();
    }
    return sum;
  }

  private static long bytes(String data) {
    long sum = 0;
    for (int i = 0; i < data.length(); i++) {
      sum += bytes(data.charAt(i));
    }
    return sum;
  }

  private static int bytes(char character) {
    if (character < ' ') {
      return BYTES_OF_A_LINE;
    }
    if (character == '"' || character == '\\') {
      return BYTES_ESCAPED;
    }
    return character < ASCII ? 1 : BYTES_BEYOND_ASCII;
  }

  /** Whether it is asked for; what it takes to find out counts. */
  public boolean admits(TopicFilter filter, Addressed one) {
    return filter.admits(one, matching);
  }

  /** Whether one with these topics may be asked for; what it takes to find out counts. */
  public boolean wants(TopicFilter filter, List<Topic> topics) {
    return filter.wants(topics, matching);
  }

  /** How many it takes at most. */
  public int most() {
    return most;
  }

  public boolean isFull() {
    return items.size() >= most || bytes >= mostBytes || matching.isSpent();
  }

  public List<LogRecord> items() {
    return items;
  }
}
