package dev.allim.hub;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendResult;
import dev.allim.log.EventLog;
import dev.allim.log.Location;
import dev.allim.log.LogRecord;
import dev.allim.log.LogStart;
import dev.allim.log.LogStatus;
import dev.allim.log.Page;
import dev.allim.log.Places;
import dev.allim.log.TailListener;
import dev.allim.log.engine.Tail;
import dev.allim.notification.Accepted;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.topic.TopicFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * A log that keeps the newest few, remembers its commits, and fails when it is told to. Positions
 * are 1, 2, 3 …
 */
public final class FakeLog implements EventLog {
  private final int most;
  private final Places places = new Places(new byte[16], new Random(1));
  private final Tail tail = new Tail();
  private final List<LogRecord> all = new ArrayList<>();
  private Optional<Throwable> failure = Optional.empty();

  /** The ids of each commit. */
  public final List<List<String>> commits = new ArrayList<>();

  public FakeLog(int most) {
    this.most = most;
  }

  /** Every call fails from now on. */
  public void fail(Throwable with) {
    failure = Optional.of(with);
  }

  public void recover() {
    failure = Optional.empty();
  }

  /** Everything ever appended, in order. */
  List<Notification> everything() {
    return all.stream().map(LogRecord::notification).toList();
  }

  private void check() {
    if (failure.isPresent()) {
      throw FakeLog.<RuntimeException>unchecked(failure.get());
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable failure) throws T {
    throw (T) failure;
  }

  private List<LogRecord> kept() {
    return all.subList((int) oldest(), all.size());
  }

  private static boolean isFor(TopicFilter filter, LogRecord stored) {
    return filter.admits(stored.notification());
  }

  @Override
  public CompletionStage<List<AppendResult>> append(List<AppendRequest> group) {
    check();
    List<Notification> appended = new ArrayList<>();
    List<AppendResult> results = new ArrayList<>();
    for (AppendRequest request : group) {
      request.entries().forEach(entry -> appended.add(entry.notification()));
      List<Accepted> entries =
          request.entries().stream().map(entry -> Accepted.now(entry.notification().id())).toList();
      results.add(new AppendResult.Appended(entries, all.size() + appended.size()));
    }
    commits.add(appended.stream().map(one -> one.id().value()).toList());
    foreign(appended);
    return CompletableFuture.completedFuture(results);
  }

  /** Another machine appends, and this one hears of it. */
  public void foreign(List<Notification> notifications) {
    long before = all.size();
    unheard(notifications);
    tail.appended(before, List.copyOf(all.subList((int) before, all.size())));
  }

  /** Another machine appends, and this one hears of it only with what comes next. */
  public void unheard(List<Notification> notifications) {
    for (Notification notification : notifications) {
      all.add(new LogRecord(all.size() + 1, Instant.EPOCH, notification));
    }
  }

  /** This machine hears up to where the log goes. */
  @Override
  public void probe() {
    check();
    tail.appended(all.size(), List.of());
  }

  @Override
  public Registration tail(long after, TailListener listener) {
    return tail.follow(after, listener, all::size);
  }

  @Override
  public LogStatus status() {
    return new LogStatus(all.size(), failure.isEmpty(), kept().size(), 0, "fake");
  }

  @Override
  public Location locate(LogStart start, TopicFilter filter) {
    check();
    return start.find(new Finder(truncatedUpTo(filter)));
  }

  private final class Finder implements LogStart.Finder<RuntimeException> {
    private final long truncatedUpTo;

    Finder(long truncatedUpTo) {
      this.truncatedUpTo = truncatedUpTo;
    }

    @Override
    public Location earliest() {
      return new Location.Known(oldest(), truncatedUpTo);
    }

    @Override
    public Location since(Instant instant) {
      return earliest();
    }

    @Override
    public Location afterNotification(EventId id) {
      return known(
          kept().stream()
              .filter(stored -> stored.notification().id().equals(id))
              .mapToLong(LogRecord::position)
              .findFirst());
    }

    @Override
    public Location afterPlace(EventId id) {
      return known(places.open(id));
    }

    private Location known(OptionalLong position) {
      return position.isPresent()
          ? new Location.Known(position.getAsLong(), truncatedUpTo)
          : new Location.Unknown(oldest(), truncatedUpTo);
    }
  }

  @Override
  public boolean hasReusedIds() {
    return false;
  }

  @Override
  public Places places() {
    return places;
  }

  @Override
  public Page read(long after, TopicFilter filter, int count, int bytes) {
    check();
    List<LogRecord> items =
        kept().stream()
            .filter(stored -> stored.position() > after && isFor(filter, stored))
            .limit(count)
            .toList();
    boolean full = items.size() == count;
    long upTo = full ? items.get(count - 1).position() : all.size();
    return new Page(items, upTo, !full, truncatedUpTo(filter));
  }

  @Override
  public Page readBack(long before, TopicFilter filter, int count, int bytes) {
    throw new UnsupportedOperationException("Nobody reads this log back");
  }

  private long oldest() {
    return Math.max(0, all.size() - most);
  }

  private long truncatedUpTo(TopicFilter filter) {
    Stream<LogRecord> gone = all.subList(0, (int) oldest()).stream();
    return gone.filter(stored -> isFor(filter, stored))
        .mapToLong(LogRecord::position)
        .max()
        .orElse(0);
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
