package dev.allim.log.sqlite;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendResult;
import dev.allim.log.Location;
import dev.allim.log.LogEngine;
import dev.allim.log.LogRecord;
import dev.allim.log.LogStart;
import dev.allim.log.LogStatus;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.Notes;
import dev.allim.log.Page;
import dev.allim.log.PageLimit;
import dev.allim.log.Places;
import dev.allim.log.Snapshot;
import dev.allim.log.TailListener;
import dev.allim.log.engine.Tail;
import dev.allim.log.retention.RetentionTask;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.log.sqlite.file.SqliteDriver;
import dev.allim.log.sqlite.file.SqliteFile;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The log in one SQLite file; its tables are described in src/docs/history.md. Blocks on the disk.
 * When the file is lost, full or locked it says so by {@link LogUnavailableException} and goes on
 * by itself as soon as it can.
 */
public final class SqliteLog implements LogEngine {
  private final Clock clock;
  private final Tail tail = new Tail();
  private final SqliteAppends appends;
  private final SqliteFile file;
  private final SqliteRetention retention;
  private final SqliteNotes notes;
  private volatile Optional<RetentionTask> retentionTask = Optional.empty();

  /**
   * Opens the file, and makes it and its directory if there is none.
   *
   * @throws LogUnavailableException if it is in use by another program, damaged, not ours or of a
   *     newer version; the message says how to go on
   */
  public SqliteLog(SqliteSettings settings, Clock clock) {
    this(settings, clock, SqliteDriver.SQLITE);
  }

  SqliteLog(SqliteSettings settings, Clock clock, SqliteDriver driver) {
    this.clock = clock;
    this.appends = new SqliteAppends(settings, driver, clock, tail);
    this.file = appends.file();
    this.retention = new SqliteRetention(appends, settings.retention());
    this.notes = new SqliteNotes(file, clock);
  }

  /** The same, sweeping by itself until it is closed. */
  public SqliteLog enforcingRetentionEvery(Duration interval) {
    retentionTask = Optional.of(new RetentionTask(this, clock, interval));
    return this;
  }

  // ---- one commit after another

  @Override
  public CompletionStage<List<AppendResult>> append(List<AppendRequest> group) {
    return soon(() -> appends.append(group, retention::appended));
  }

  @Override
  public CompletionStage<Integer> deliverDue(Instant now, int most) {
    return soon(() -> appends.deliverDue(now, most, retention::appended));
  }

  @Override
  public CompletionStage<Boolean> cancel(EventId id, Predicate<Notification> allowed) {
    return soon(() -> appends.cancel(id, allowed));
  }

  /** The disk answers on the caller's thread. */
  private static <T> CompletionStage<T> soon(Supplier<T> task) {
    try {
      return CompletableFuture.completedFuture(task.get());
    } catch (RuntimeException | Error failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  @Override
  public Registration tail(long after, TailListener listener) {
    return tail.follow(after, listener, appends::head);
  }

  @Override
  public LogStatus status() {
    long head = appends.head();
    return new LogStatus(
        head, file.isWritable(), head - retention.earliest(), file.bytes(), file.place());
  }

  @Override
  public Location locate(LogStart start, TopicFilter filter) {
    long head = appends.head();
    return file.read(
        session ->
            session.inSnapshot(
                reading ->
                    start.find(
                        new SqliteFinder(
                            reading,
                            places(),
                            head,
                            truncatedUpTo(reading, filter),
                            filter.audience()))));
  }

  private static long truncatedUpTo(SqlSession session, TopicFilter filter) throws SQLException {
    return new SqliteTruncationMarks(session).truncatedUpTo(filter);
  }

  @Override
  public boolean hasReusedIds() {
    return appends.hasReusedIds();
  }

  @Override
  public Places places() {
    return appends.places();
  }

  @Override
  public Page read(long after, TopicFilter filter, int most, int mostBytes) {
    long upTo = appends.head();
    PageLimit page = new PageLimit(clock.instant(), most, mostBytes);
    return file.read(
        session ->
            session.inSnapshot(
                reading ->
                    new SqliteReader(reading)
                        .read(after, upTo, filter, page)
                        .truncatedUpTo(truncatedUpTo(reading, filter))));
  }

  @Override
  public Page readBack(long before, TopicFilter filter, int most, int mostBytes) {
    long end = Math.min(before, appends.head() + 1);
    PageLimit page = new PageLimit(clock.instant(), most, mostBytes);
    return file.read(
        session ->
            session.inSnapshot(reading -> new SqliteReader(reading).readBack(end, filter, page)));
  }

  @Override
  public Snapshot state(TopicFilter filter) {
    return new SqliteSnapshot(file, clock, filter, appends.head());
  }

  @Override
  public List<LogRecord> retainCurrent(TopicFilter filter, List<LogRecord> items) {
    long upTo = appends.head();
    Instant now = clock.instant();
    return file.read(
        session ->
            session.inSnapshot(
                reading -> new SqliteLatestPerKey(reading, filter, upTo, now).of(items)));
  }

  @Override
  public int purge(Topic topic) {
    long upTo = appends.head();
    int purged = retention.purge(topic, clock.instant(), upTo);
    tail.truncated(topic, upTo);
    return purged;
  }

  @Override
  public int delete(List<Long> positions) {
    int deleted = retention.delete(positions, clock.instant());
    tail.deleted(positions);
    return deleted;
  }

  @Override
  public Optional<Instant> nextDue() {
    return file.lookUp(session -> new SqliteDelayed(session).nextDue());
  }

  @Override
  public void enforceRetention(Instant now) {
    appends.settleTimes(now);
    retention.enforceRetention(now);
  }

  @Override
  public Optional<Notes> notes() {
    return Optional.of(notes);
  }

  @Override
  public void probe() {
    appends.probe();
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public void close() {
    retentionTask.ifPresent(RetentionTask::close);
    file.close();
  }
}
