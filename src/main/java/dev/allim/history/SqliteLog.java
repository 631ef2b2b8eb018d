package dev.allim.history;

import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import dev.allim.notification.Topic;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * The log in one SQLite file; its tables are described in src/docs/history.md. Blocks on the disk.
 * When the file is lost, full or locked it says so by {@link LogUnavailableException} and goes on
 * by itself as soon as it can.
 */
public final class SqliteLog implements HistoryEngine {
  private static final Logger LOG = Logger.getLogger(SqliteLog.class);

  private final Clock clock;
  private final SqliteFile file;
  private final SqliteRetention retention;
  private final SecureRandom random = new SecureRandom();
  private volatile long head;
  private volatile boolean reusedIds;
  private volatile Optional<Places> places = Optional.empty();
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
    settleTimesAtStart();
  }

  /** The same, sweeping by itself until it is closed. */
  SqliteLog sweptEvery(Duration interval) {
    sweeper = Optional.of(new Sweeper(this, clock, interval));
    return this;
  }

  /** Goes on behind what the file holds, and never behind what was counted already. */
  private long takeUp(SqlSession session) throws SQLException {
    SqlitePlaces positions = new SqlitePlaces(session);
    lastPublished = Math.max(lastPublished, positions.lastPublished());
    head = Math.max(head, positions.head());
    places = Optional.of(new Places(positions.key(random), random));
    reusedIds = new SqliteIds(session).anyDoubtful();
    return head;
  }

  // ---- a clock that was ahead

  /** A full disk is no reason not to start: then a sweep does it. */
  private void settleTimesAtStart() {
    try {
      settleTimes(clock.instant());
    } catch (LogUnavailableException later) {
      LOG.debug("Times that are ahead are settled when the file can be written", later);
    }
  }

  private void settleTimes(Instant now) {
    boolean more = file.onWriter(session -> isAhead(now));
    if (more) {
      LOG.warn(
          "The history was written by a clock that was ahead of this machine's: what is stamped"
              + " later than now counts as published now. Is this machine's clock right?");
    }
    while (more) {
      more = file.write(session -> settleSome(session, now.toEpochMilli()));
    }
  }

  private boolean isAhead(Instant now) {
    return SqliteTimes.isAhead(Instant.ofEpochMilli(lastPublished), now);
  }

  private boolean settleSome(SqlSession session, long now) throws SQLException {
    boolean more = new SqliteTimes(session).settleSome(now);
    lastPublished = more ? lastPublished : now;
    return more;
  }

  // ---- the log

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
    reusedIds |= new SqliteWriter(session).write(batch, first, lastPublished);
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
    return id.isPlace() ? place(id) : file.read(session -> new SqliteIds(session).find(id));
  }

  private OptionalLong place(EventId id) {
    OptionalLong position = places().open(id);
    return position.isPresent() && position.getAsLong() <= head ? position : OptionalLong.empty();
  }

  @Override
  public boolean isKept(EventId id) {
    return file.read(session -> new SqliteIds(session).isKept(id));
  }

  @Override
  public boolean hasReusedIds() {
    return reusedIds;
  }

  @Override
  public Places places() {
    return places.orElseThrow();
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
    settleTimes(now);
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
