package dev.allim.api;

import dev.allim.api.HistoryPage.Entry;
import dev.allim.api.HistoryPage.MissedSince;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.StartAt;
import dev.allim.log.EventLog;
import dev.allim.log.LogRecord;
import dev.allim.log.Page;
import dev.allim.log.Snapshot;
import dev.allim.notification.EventId;
import dev.allim.topic.TopicFilter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads pages of the log for clients that ask rather than listen. May wait for a disk. */
@ApplicationScoped
class HistoryReader {
  /** A page is made in memory as a whole. */
  static final int BYTES_A_PAGE = 1024 * 1024;

  private final EventLog log;

  HistoryReader(EventLog log) {
    this.log = log;
  }

  /** What was found, before it is told in some dialect. */
  private record Found(
      List<LogRecord> items, Optional<String> next, boolean complete, Optional<MissedSince> gap) {
    /** The same, whose rest is asked for by {@code prefix} and the id. */
    Found goingOnAt(String prefix) {
      return new Found(items, next.map(prefix::concat), complete, gap);
    }

    HistoryPage in(Dialect dialect) {
      return new HistoryPage(
          items.stream().map(stored -> Entry.of(stored, dialect)).toList(), next, complete, gap);
    }
  }

  HistoryPage read(
      TopicFilter interest, StartAt start, int limit, Dialect dialect, Patience patience) {
    return read(interest, start, limit, patience).in(dialect);
  }

  private Found read(TopicFilter interest, StartAt start, int limit, Patience patience) {
    patience.requireMore();
    if (start instanceof StartAt.Latest latest) {
      return readState(interest, latest.after(), limit, patience);
    }
    if (start instanceof StartAt.After after) {
      return readAfter(interest, after.id(), limit, patience);
    }
    if (start instanceof StartAt.AfterUnknown) {
      Optional<MissedSince> gap = Optional.of(new MissedSince(Optional.empty()));
      return readBehind(log.earliest(), interest, limit, Optional.empty(), gap, patience);
    }
    long position =
        start instanceof StartAt.Since since ? log.before(since.instant()) : log.earliest();
    return readBehind(position, interest, limit, Optional.empty(), Optional.empty(), patience);
  }

  /**
   * Of the state as it is now, so that a reader who comes for the rest later is given what has
   * replaced something since: with the last page it has the state of that moment, and goes on from
   * there. What it was given before it is not given again.
   */
  private Found readState(
      TopicFilter interest, Optional<EventId> asked, int limit, Patience patience) {
    OptionalLong found = asked.map(log::find).orElse(OptionalLong.of(0));
    Snapshot state = log.snapshots().orElseThrow().state(interest, log.head());
    Page page = state.read(found.orElse(0), limit, BYTES_A_PAGE);
    while (page.items().isEmpty() && !page.complete()) {
      patience.requireMore();
      page = state.read(page.upTo(), limit, BYTES_A_PAGE);
    }
    Optional<MissedSince> gap =
        found.isPresent() ? Optional.empty() : asked.map(id -> rest(id.value()));
    Found whole = page(page.items(), asked, page.complete(), gap);
    return page.complete() ? whole : whole.goingOnAt(EventId.REST_OF_LATEST);
  }

  private static MissedSince rest(String id) {
    return new MissedSince(Optional.of(EventId.REST_OF_LATEST + id));
  }

  private Found readAfter(TopicFilter interest, EventId id, int limit, Patience patience) {
    OptionalLong found = log.find(id);
    long position = found.orElseGet(log::earliest);
    boolean missed = found.isEmpty() || log.forgottenUpTo(interest) > position;
    return readBehind(
        position,
        interest,
        limit,
        Optional.of(id),
        missed ? Optional.of(MissedSince.of(id)) : Optional.empty(),
        patience);
  }

  private Found readBehind(
      long after,
      TopicFilter interest,
      int limit,
      Optional<EventId> asked,
      Optional<MissedSince> gap,
      Patience patience) {
    List<LogRecord> items = new ArrayList<>();
    Page page = log.read(after, interest, limit, BYTES_A_PAGE);
    items.addAll(page.items());
    while (items.isEmpty() && !page.complete()) {
      patience.requireMore();
      page = log.read(page.upTo(), interest, limit, BYTES_A_PAGE);
      items.addAll(page.items());
    }
    return page(items, asked, page.complete(), gap);
  }

  private static Found page(
      List<LogRecord> items, Optional<EventId> asked, boolean complete, Optional<MissedSince> gap) {
    Optional<EventId> last =
        items.isEmpty()
            ? asked.filter(id -> gap.isEmpty())
            : Optional.of(items.get(items.size() - 1).notification().id());
    return new Found(items, last.map(EventId::value), complete, gap);
  }
}
