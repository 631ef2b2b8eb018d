package dev.allim.api;

import dev.allim.api.HistoryPage.Item;
import dev.allim.api.HistoryPage.MissedSince;
import dev.allim.history.EventLog;
import dev.allim.history.Page;
import dev.allim.history.Stored;
import dev.allim.hub.StartAt;
import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads pages of the log for clients that ask rather than listen. May wait for a disk. */
@ApplicationScoped
class HistoryReader {
  private static final int BYTES_A_PAGE = 4 * 1024 * 1024;

  private final EventLog log;

  HistoryReader(EventLog log) {
    this.log = log;
  }

  HistoryPage read(Interest interest, StartAt start, int limit) {
    if (start instanceof StartAt.Latest) {
      return page(log.latest(interest, log.head()), Optional.empty(), true, Optional.empty());
    }
    if (start instanceof StartAt.After after) {
      return readAfter(interest, after.id(), limit);
    }
    long position =
        start instanceof StartAt.Since since ? log.before(since.instant()) : log.earliest();
    return readBehind(position, interest, limit, Optional.empty(), Optional.empty());
  }

  private HistoryPage readAfter(Interest interest, EventId id, int limit) {
    OptionalLong found = log.find(id);
    long position = found.orElseGet(log::earliest);
    boolean missed = found.isEmpty() || log.forgottenUpTo(interest) > position;
    return readBehind(
        position,
        interest,
        limit,
        Optional.of(id),
        missed ? Optional.of(MissedSince.of(id)) : Optional.empty());
  }

  private HistoryPage readBehind(
      long after,
      Interest interest,
      int limit,
      Optional<EventId> asked,
      Optional<MissedSince> gap) {
    List<Stored> items = new ArrayList<>();
    Page page = log.read(after, interest, limit, BYTES_A_PAGE);
    items.addAll(page.items());
    while (items.isEmpty() && !page.complete()) {
      page = log.read(page.upTo(), interest, limit, BYTES_A_PAGE);
      items.addAll(page.items());
    }
    return page(items, asked, page.complete(), gap);
  }

  private static HistoryPage page(
      List<Stored> items, Optional<EventId> asked, boolean complete, Optional<MissedSince> gap) {
    Optional<EventId> last =
        items.isEmpty()
            ? asked.filter(id -> gap.isEmpty())
            : Optional.of(items.get(items.size() - 1).notification().id());
    return new HistoryPage(
        items.stream().map(Item::of).toList(), last.map(EventId::value), complete, gap);
  }
}
