package dev.allim.hub.lane;

import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.settings.HubSettings;
import dev.allim.log.EventLog;
import dev.allim.log.LogRecord;
import dev.allim.log.Page;
import dev.allim.topic.TopicFilter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Function;

/**
 * A part of the newest of the log, so that subscribers who resume after a restart are served from
 * memory.
 *
 * @param items oldest first, each with a reference that belongs to the receiver
 * @param after the position behind which they stand
 * @param upTo the position up to which they stand
 */
record RecentTail(List<PublishedFrame> items, long after, long upTo) {
  /** The newest up to {@code head}, as far as a ring may hold them. Reads. */
  static RecentTail read(
      EventLog log, HubSettings settings, Function<LogRecord, PublishedFrame> encode, long head) {
    ArrayDeque<PublishedFrame> items = new ArrayDeque<>();
    try {
      return read(log, settings, encode, head, items);
    } catch (RuntimeException | Error failure) {
      items.forEach(item -> item.frame().release());
      throw failure;
    }
  }

  private static RecentTail read(
      EventLog log,
      HubSettings settings,
      Function<LogRecord, PublishedFrame> encode,
      long head,
      ArrayDeque<PublishedFrame> items) {
    long start = Math.max(0, head - settings.recentFrames());
    long bytes = 0;
    for (long at = start; at < head; ) {
      Page page =
          log.read(
              at, TopicFilter.wholeLog(), LogReads.NOTIFICATIONS_A_STEP, LogReads.BYTES_A_STEP);
      at = page.upTo();
      for (LogRecord stored : page.items()) {
        if (stored.position() <= head) {
          PublishedFrame item = encode.apply(stored);
          items.add(item);
          bytes += item.frame().size();
        }
      }
      for (; bytes > settings.recentBytes() && items.size() > 1; ) {
        PublishedFrame oldest = items.remove();
        bytes -= oldest.frame().size();
        start = oldest.position();
        oldest.frame().release();
      }
    }
    return new RecentTail(List.copyOf(items), start, head);
  }

  void retain() {
    items.forEach(item -> item.frame().retain());
  }

  void release() {
    items.forEach(item -> item.frame().release());
  }
}
