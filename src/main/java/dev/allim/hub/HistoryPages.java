package dev.allim.hub;

import dev.allim.hub.spi.HistorySlice;
import dev.allim.hub.spi.HistorySlice.Missed;
import dev.allim.hub.spi.PastNotification;
import dev.allim.hub.spi.StartAt;
import dev.allim.log.EventLog;
import dev.allim.log.Location;
import dev.allim.log.LogRecord;
import dev.allim.log.LogStart;
import dev.allim.log.Page;
import dev.allim.log.PageLimit;
import dev.allim.log.Snapshot;
import dev.allim.notification.EventId;
import dev.allim.topic.Audience;
import dev.allim.topic.TopicFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Reads the log for those who ask rather than listen. Any thread; may wait for a disk.
 *
 * <p>The log proposes what stands in a page, {@link TopicFilter#admits} decides.
 */
public final class HistoryPages {
  /** A page is made in memory as a whole. */
  public static final int BYTES_A_PAGE = 1024 * 1024;

  private final EventLog log;

  HistoryPages(EventLog log) {
    this.log = log;
  }

  /** Whether a notification with this id is kept that these may see. */
  public boolean isKept(EventId id, Audience audience) {
    // also where another one may have had it before: then its reader is told of a gap
    return !(log.locate(new LogStart.After(id), TopicFilter.everything().within(audience))
        instanceof Location.Unknown);
  }

  /**
   * Reads one page.
   *
   * @param limit how many items at most
   * @param patience asked before every step; throws what ends the search
   * @throws dev.allim.log.LogUnavailableException if the log cannot be read now
   */
  public HistorySlice read(TopicFilter filter, StartAt start, int limit, Runnable patience) {
    return new Search(filter, limit, patience).from(start);
  }

  /**
   * Reads one page, newest first; its {@link HistorySlice#next} is where the one behind it begins,
   * further back.
   *
   * @param before the oldest that the reader has; absent for the newest there is
   * @param limit how many items at most
   * @param patience asked before every step; throws what ends the search
   * @throws dev.allim.log.LogUnavailableException if the log cannot be read now
   */
  public HistorySlice readBack(
      TopicFilter filter, Optional<EventId> before, int limit, Runnable patience) {
    return new Search(filter, limit, patience).back(before);
  }

  /** One page in the making. */
  private final class Search implements StartAt.Cases<HistorySlice>, StartAt.Seeking<HistorySlice> {
    private final TopicFilter filter;
    private final int limit;
    private final Runnable patience;
    private final List<LogRecord> items = new ArrayList<>();

    Search(TopicFilter filter, int limit, Runnable patience) {
      this.filter = filter;
      this.limit = limit;
      this.patience = patience;
    }

    HistorySlice from(StartAt start) {
      patience.run();
      return start.accept(this);
    }

    /** Nothing has been published since. */
    @Override
    public HistorySlice now() {
      return behind(log.status().head(), Optional.empty(), Optional.empty());
    }

    @Override
    public HistorySlice behind(StartAt.Behind behind) {
      return behind(behind.position(), Optional.empty(), Optional.empty());
    }

    @Override
    public HistorySlice located(StartAt.Located located) {
      Optional<Missed> gap =
          located.gap().map(missing -> new Missed(missing.asked().map(EventId::value)));
      return behind(located.position(), located.lastId(), gap);
    }

    @Override
    public HistorySlice afterUnknown() {
      return behind(
          position(new LogStart.Earliest()),
          Optional.empty(),
          Optional.of(new Missed(Optional.empty())));
    }

    @Override
    public HistorySlice sought(StartAt.Sought sought) {
      return sought.seek(this);
    }

    @Override
    public HistorySlice earliest() {
      return behind(position(new LogStart.Earliest()), Optional.empty(), Optional.empty());
    }

    @Override
    public HistorySlice since(Instant instant) {
      return behind(position(new LogStart.Since(instant)), Optional.empty(), Optional.empty());
    }

    @Override
    public HistorySlice after(EventId id) {
      Location location = log.locate(new LogStart.After(id), filter);
      Optional<Missed> gap =
          location.isGap() ? Optional.of(new Missed(Optional.of(id.value()))) : Optional.empty();
      return behind(location.position(), Optional.of(id), gap);
    }

    private long position(LogStart start) {
      return log.locate(start, filter).position();
    }

    /**
     * Of the state as it is now, so that a reader who comes for the rest later is given what has
     * replaced something since: with the last page it has the state of that moment, and goes on
     * from there. What it was given before it is not given again.
     */
    @Override
    public HistorySlice latest(Optional<EventId> asked) {
      Optional<Location> found =
          asked
              .map(id -> log.locate(new LogStart.After(id), filter))
              .filter(location -> location instanceof Location.Known);
      Snapshot state = log.snapshots().orElseThrow().state(filter);
      boolean complete =
          collect(
              after -> state.read(after, limit - items.size(), room()),
              found.map(Location::position).orElse(0L));
      Optional<Missed> gap =
          found.isPresent()
              ? Optional.empty()
              : asked.map(id -> new Missed(Optional.of(EventId.REST_OF_LATEST + id.value())));
      String prefix = complete ? "" : EventId.REST_OF_LATEST;
      return slice(asked, complete, gap, prefix);
    }

    /** As many as fit into a page, if they are large. */
    @Override
    public HistorySlice last(int count) {
      collectBack(EventLog.FROM_THE_END, Math.min(count, limit));
      Collections.reverse(items);
      return slice(Optional.empty(), true, Optional.empty(), "");
    }

    HistorySlice back(Optional<EventId> before) {
      patience.run();
      Optional<Location> found = before.map(id -> log.locate(new LogStart.After(id), filter));
      if (found.isPresent() && !(found.get() instanceof Location.Known)) {
        Missed missed = new Missed(before.map(EventId::value));
        return new HistorySlice(List.of(), Optional.empty(), true, Optional.of(missed));
      }
      boolean complete =
          collectBack(found.map(Location::position).orElse(EventLog.FROM_THE_END), 1);
      HistorySlice slice = slice(Optional.empty(), complete, Optional.empty(), "");
      return complete ? slice.withoutNext() : slice;
    }

    /**
     * Reads until there are so many, or a page is full, or there is no more; whether that is so.
     */
    private boolean collectBack(long from, int enough) {
      Page page = log.readBack(from, filter, limit, BYTES_A_PAGE);
      take(page);
      while (items.size() < enough && room() > 0 && !page.complete()) {
        patience.run();
        page = log.readBack(page.upTo(), filter, limit - items.size(), room());
        take(page);
      }
      return page.complete();
    }

    private int room() {
      long taken = items.stream().mapToLong(record -> PageLimit.bytes(record.notification())).sum();
      return (int) Math.max(0, BYTES_A_PAGE - taken);
    }

    private HistorySlice behind(long position, Optional<EventId> asked, Optional<Missed> gap) {
      boolean complete =
          collect(after -> log.read(after, filter, limit - items.size(), room()), position);
      return slice(asked, complete, gap, "");
    }

    /**
     * Reads until there is something, or no more; whether there is no more. In the place of what is
     * hidden comes what stands behind it: a page that is short would tell of that.
     */
    private boolean collect(LongFunction<Page> reading, long from) {
      Page page = reading.apply(from);
      boolean hidden = take(page);
      while ((items.isEmpty() || hidden) && isRoomLeft() && !page.complete()) {
        patience.run();
        page = reading.apply(page.upTo());
        hidden = take(page);
      }
      return page.complete();
    }

    private boolean isRoomLeft() {
      return items.size() < limit && room() > 0;
    }

    /** Whether the log has proposed something that the reader is not given. */
    private boolean take(Page page) {
      int before = items.size();
      for (LogRecord record : page.items()) {
        if (filter.admits(record.notification())) {
          items.add(record);
        }
      }
      return items.size() - before < page.items().size();
    }

    private HistorySlice slice(
        Optional<EventId> asked, boolean complete, Optional<Missed> gap, String prefix) {
      Optional<EventId> last =
          items.isEmpty()
              ? asked.filter(id -> gap.isEmpty())
              : Optional.of(items.get(items.size() - 1).notification().id());
      return new HistorySlice(
          items.stream().map(HistoryPages::past).toList(),
          last.map(id -> prefix + id.value()),
          complete,
          gap);
    }
  }

  private static PastNotification past(LogRecord record) {
    return new PastNotification(record.notification(), record.published());
  }
}
