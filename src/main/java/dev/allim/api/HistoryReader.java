package dev.allim.api;

import dev.allim.api.HistoryPage.Entry;
import dev.allim.api.HistoryPage.MissedSince;
import dev.allim.hub.HistoryPages;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.HistorySlice;
import dev.allim.topic.TopicFilter;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells clients that ask rather than listen what the hub has kept. May wait for a disk. */
@ApplicationScoped
class HistoryReader {
  static final int BYTES_A_PAGE = HistoryPages.BYTES_A_PAGE;

  private final NotificationHub hub;

  HistoryReader(NotificationHub hub) {
    this.hub = hub;
  }

  HistoryPage read(TopicFilter filter, PagePart part, Dialect dialect, Patience patience) {
    HistorySlice slice = part.read(hub.history(), filter, patience);
    return new HistoryPage(
        slice.items().stream().map(past -> Entry.of(past, dialect)).toList(),
        slice.next(),
        slice.complete(),
        slice.gap().map(missed -> new MissedSince(missed.asked())));
  }
}
