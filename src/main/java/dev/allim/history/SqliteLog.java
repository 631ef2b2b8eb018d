package dev.allim.history;

import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import dev.allim.notification.Topic;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The log in one SQLite file; its tables are described in src/docs/history.md. Blocks on the disk.
 * When the file is lost, full or locked it says so by {@link LogUnavailableException} and goes on
 * by itself as soon as it can.
 */
public final class SqliteLog implements HistoryEngine {
  private final Clock clock;
  private final SqliteFile file;
  private final SqliteRetention retention;
  private volatile long head;
  private volatile Optional<Sweeper> sweeper = Optional.empty();
  // under the file's lock of writing
  private long lastPublished;

  /**
   * Opens the file, and makes it and its directory if there is none.
   *
   * @throws LogUnavailableException if it is in use by another program, damaged, not ours or of a
   *     newer version; the message says how to go on
   */
  public SqliteLog(SqliteSettings settings, Clock clock) {
    this(settings, clock, SqliteConnections.Driver.SQLITE);
  }

  SqliteLog(SqliteSettings settings, Clock clock, SqliteConnections.Driver driver) {
    this.clock = clock;
    this.file = new SqliteFile(settings, driver, this::takeUp);
    this.retention = new SqliteRetention(file, settings.retention(), head);
  }

  /** The same, sweeping by itself until it is closed. */
  SqliteLog sweptEvery(Duration interval) {
    sweeper = Optional.of(new Sweeper(this, clock, interval));
    return this;
  }

  /** Goes on behind what the file holds, and never behind what was counted already. */
  private long takeUp(SqlSession session) throws SQLException {
    SqlitePlaces places = new SqlitePlaces(session);
    lastPublished = Math.max(lastPublished, places.lastPublished());
    head = Math.max(head, places.head());
    return head;
  }

  @Override
  public long[] append(Batch batch) {
    int count = batch.notifications().size();
    long[] before = {head};
    long last =
        file.write(
            session -> {
              before[0] = head;
              return write(session, batch);
            },
            session -> kept(session, batch, before[0]));
    retention.appended(batch.notifications());
    head = last;
    return positions(last, count);
  }

  /**
   * After a commit that failed: where the log ends with the batch, absent if it is not there.
   * Writes, so that what such a commit left behind on the disk is gone for good.
   */
  private Optional<Long> kept(SqlSession session, Batch batch, long before) throws SQLException {
    new SqlitePlaces(session).touch(clock.millis());
    return new SqliteWriter(session).isWritten(batch, before + 1)
        ? Optional.of(before + batch.notifications().size())
        : Optional.empty();
  }

  /** Times in the log never go back, even when the clock does. */
  private long write(SqlSession session, Batch batch) throws SQLException {
    long first = head + 1;
    lastPublished = Math.max(lastPublished, clock.millis());
    new SqliteWriter(session).write(batch, first, lastPublished);
    return head + batch.notifications().size();
  }

  private static long[] positions(long last, int count) {
    long[] positions = new long[count];
    for (int i = 0; i < count; i++) {
      positions[i] = last - count + 1 + i;
    }
    return positions;
  }

  @Override
  public long head() {
    return head;
  }

  @Override
  public OptionalLong find(EventId id) {
    return file.read(session -> new SqliteReader(session).find(id));
  }

  @Override
  public Page read(long after, Interest interest, int most, int mostBytes) {
    long upTo = head;
    Instant now = clock.instant();
    return file.read(
        session ->
            new SqliteReader(session)
                .read(after, upTo, interest, new PageLimit(now, most, mostBytes)));
  }

  @Override
  public State state(Interest interest, long upTo) {
    return new SqliteState(file, clock, interest, upTo);
  }

  @Override
  public long before(Instant instant) {
    return file.read(
        session -> session.inSnapshot(reading -> new SqlitePlaces(reading).before(instant)));
  }

  @Override
  public long earliest() {
    long newest = head;
    return file.read(session -> new SqlitePlaces(session).earliest(newest));
  }

  @Override
  public long forgottenUpTo(Interest interest) {
    return file.read(session -> new SqliteMarks(session).forgottenUpTo(interest));
  }

  @Override
  public int purge(Topic topic) {
    return retention.purge(topic, clock.instant(), head);
  }

  @Override
  public List<Deferred> dueBy(Instant now, int most) {
    return file.read(session -> new SqliteAgenda(session).dueBy(now, most));
  }

  @Override
  public Optional<Instant> nextDue() {
    return file.read(session -> new SqliteAgenda(session).nextDue());
  }

  @Override
  public boolean isPending(EventId id) {
    return file.read(session -> new SqliteAgenda(session).isPending(id));
  }

  @Override
  public Optional<Receipt> receipt(String key, Instant now) {
    return file.read(session -> new SqliteAgenda(session).receipt(key, now));
  }

  @Override
  public void sweep(Instant now) {
    retention.sweep(now);
  }

  @Override
  public void probe() {
    file.write(
        session -> {
          new SqlitePlaces(session).touch(clock.millis());
          return true;
        });
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public void close() {
    sweeper.ifPresent(Sweeper::close);
    file.close();
  }
}
