package dev.allim.history;

import dev.allim.notification.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects a page and says when it is full. For one thread, one page. */
final class PageLimit {
  private final Instant now;
  private final int most;
  private final int mostBytes;
  private final List<Stored> items = new ArrayList<>();
  private long characters;

  PageLimit(Instant now, int most, int mostBytes) {
    this.now = now;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** Takes a notification, unless it has expired. */
  void add(Stored stored) {
    Notification notification = stored.notification();
    if (!notification.expiredAt(now)) {
      items.add(stored);
      characters += notification.data().length();
    }
  }

  /** How many it takes at most. */
  int most() {
    return most;
  }

  boolean isFull() {
    return items.size() >= most || characters >= mostBytes;
  }

  List<Stored> items() {
    return items;
  }
}
