package dev.allim.log.sqlite;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendResult;
import dev.allim.log.DelayedDelivery;
import dev.allim.log.EventLog;
import dev.allim.log.IdempotencyKey;
import dev.allim.log.LogRecord;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.Places;
import dev.allim.log.append.AppendBatch;
import dev.allim.log.append.AppendPlan;
import dev.allim.log.append.IdempotencyRecord;
import dev.allim.log.append.SideBudget;
import dev.allim.log.append.SideRoom;
import dev.allim.log.engine.LogTime;
import dev.allim.log.engine.Tail;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.log.sqlite.file.SqliteDriver;
import dev.allim.log.sqlite.file.SqliteFile;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The one way into the log: each group is decided about and written in one transaction, gets the
 * places behind the last, and is told to those who follow, in that order.
 */
final class SqliteAppends {
  private static final Logger LOG = Logger.getLogger(SqliteAppends.class);

  private final Clock clock;
  private final Tail tail;
  private final SqliteFile file;
  private final SqliteRoom room;
  private final SideBudget budget;
  // what is told follows the order of the commits
  private final ReentrantLock appending = new ReentrantLock();
  private final SecureRandom random = new SecureRandom();
  private volatile long head;
  private volatile boolean reusedIds;
  private volatile Optional<Places> places = Optional.empty();
  // under the file's lock of writing
  private long lastPublished;

  /** Opens the file; see {@link SqliteLog}. */
  SqliteAppends(SqliteSettings settings, SqliteDriver driver, Clock clock, Tail tail) {
    this.clock = clock;
    this.tail = tail;
    this.budget = new SideBudget(settings.beside());
    this.file = new SqliteFile(settings, driver, this::takeUp);
    this.room = new SqliteRoom(file);
    settleTimesAtStart();
  }

  /** What is written in one transaction, and what publishers are told then. */
  private record Commit(
      long before,
      Instant published,
      AppendBatch batch,
      List<AppendResult> results,
      SideRoom gone,
      int counted) {
    long last() {
      return before + batch.notifications().size();
    }

    List<LogRecord> records() {
      return LogRecord.behind(before, published, batch.notifications());
    }
  }

  /** Makes a commit of what the file holds, within the transaction that will write it. */
  private interface Plan {
    Commit in(SqlSession session) throws SQLException;
  }

  SqliteFile file() {
    return file;
  }

  /** The room in the file and on the disk. */
  SqliteRoom room() {
    return room;
  }

  /** The room beside the history. */
  SideBudget budget() {
    return budget;
  }

  long head() {
    return head;
  }

  /** See {@link EventLog#hasReusedIds}. */
  boolean hasReusedIds() {
    return reusedIds;
  }

  /** See {@link EventLog#places}. */
  Places places() {
    return places.orElseThrow();
  }

  /** Goes on behind what the file holds, and never behind what was counted already. */
  private long takeUp(SqlSession session) throws SQLException {
    SqlitePositions positions = new SqlitePositions(session);
    lastPublished = Math.max(lastPublished, positions.lastPublished());
    head = Math.max(head, positions.head());
    places = Optional.of(new Places(positions.key(random), random));
    reusedIds = new SqliteIds(session).anyDoubtful();
    budget.count(new SqliteSideRoom(session).used());
    return head;
  }

  /**
   * See {@link EventLog#append}.
   *
   * @param booked is given what was appended
   */
  List<AppendResult> append(List<AppendRequest> group, Consumer<List<Notification>> booked) {
    try {
      return write(session -> plan(session, group, false), booked).results();
    } catch (IllegalArgumentException duplicate) {
      // an id that was made to be unique is not: whose, only looking up each can tell
      return write(session -> plan(session, group, true), booked).results();
    }
  }

  /** See {@link DelayedDelivery#deliverDue}. */
  int deliverDue(Instant now, int most, Consumer<List<Notification>> booked) {
    Plan due =
        session ->
            commit(
                session, AppendBatch.due(new SqliteDelayed(session).dueBy(now, most)), List.of());
    return write(due, booked).batch().notifications().size();
  }

  /** See {@link DelayedDelivery#cancel}. */
  boolean cancel(EventId id, Predicate<Notification> allowed) {
    Plan cancellation =
        session ->
            new SqliteDelayed(session).pending(id).filter(allowed).isPresent()
                ? commit(session, AppendBatch.cancelled(id), List.of())
                : commit(session, AppendBatch.due(List.of()), List.of());
    return !write(cancellation, none -> {}).batch().isEmpty();
  }

  /** See {@link EventLog#probe}. */
  void probe() {
    appending.lock();
    try {
      file.write(
          session -> {
            new SqlitePositions(session).touch(clock.millis());
            return true;
          });
      tail.appended(head, List.of());
      room.requireHeadroom();
    } finally {
      appending.unlock();
    }
  }

  // ---- one commit

  private Commit plan(SqlSession session, List<AppendRequest> group, boolean lookUpAll)
      throws SQLException {
    Instant now = clock.instant();
    AppendPlan<SQLException> plan =
        AppendPlan.of(group, new Known(session, now, lookUpAll, budget), head, now);
    return commit(session, plan.batch(), plan.results());
  }

  /** Times in the log never go back, even when the clock does. */
  private Commit commit(SqlSession session, AppendBatch batch, List<AppendResult> results)
      throws SQLException {
    Instant published = Instant.ofEpochMilli(Math.max(lastPublished, clock.millis()));
    SideRoom gone = new SqliteSideRoom(session).goesWith(batch);
    return new Commit(head, published, batch, results, gone, budget.counted());
  }

  private Commit write(Plan plan, Consumer<List<Notification>> booked) {
    room.admit();
    appending.lock();
    try {
      Commit[] planned = new Commit[1];
      Commit commit =
          file.write(
              session -> {
                planned[0] = plan.in(session);
                write(session, planned[0]);
                return planned[0];
              },
              session -> kept(session, planned[0]));
      written(commit, booked);
      return commit;
    } finally {
      appending.unlock();
    }
  }

  private void write(SqlSession session, Commit commit) throws SQLException {
    if (!commit.batch().isEmpty()) {
      lastPublished = commit.published().toEpochMilli();
      reusedIds |=
          new SqliteWriter(session).write(commit.batch(), commit.before() + 1, lastPublished);
    }
  }

  /**
   * After a commit that failed: what it was if it is there all the same. Writes, so that what such
   * a commit left behind on the disk is gone for good.
   */
  private Optional<Commit> kept(SqlSession session, Commit commit) throws SQLException {
    new SqlitePositions(session).touch(clock.millis());
    boolean written = new SqliteWriter(session).isWritten(commit.batch(), commit.before() + 1);
    return written ? Optional.of(commit) : Optional.empty();
  }

  private void written(Commit commit, Consumer<List<Notification>> booked) {
    SideRoom came = SideRoom.of(commit.batch().deferred(), commit.batch().receipts());
    budget.book(came, commit.gone(), commit.counted());
    if (!commit.batch().notifications().isEmpty()) {
      booked.accept(commit.batch().notifications());
      head = commit.last();
      tail.appended(commit.before(), commit.records());
    }
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

  /** See {@link SqliteTimes}. */
  void settleTimes(Instant now) {
    boolean more = file.onWriter(session -> isAhead(now));
    if (more) {
      LOG.warn(
          "The history was written by a clock that was ahead of this machine's: what is stamped"
              + " later than now counts as published now. Is this machine's clock right?");
    }
    while (more) {
      more = room.make(session -> settleSome(session, now.toEpochMilli()));
    }
  }

  private boolean isAhead(Instant now) {
    return LogTime.isAhead(Instant.ofEpochMilli(lastPublished), now);
  }

  private boolean settleSome(SqlSession session, long now) throws SQLException {
    boolean more = new SqliteTimes(session).settleSome(now, room.rows());
    lastPublished = more ? lastPublished : now;
    return more;
  }

  /** What the file holds, within the transaction that will write. */
  private record Known(SqlSession session, Instant now, boolean lookUpAll, SideBudget budget)
      implements AppendPlan.Known<SQLException> {
    @Override
    public boolean isTaken(AppendRequest.Entry entry) throws SQLException {
      return (entry.idIsGiven() || lookUpAll)
          && (new SqliteIds(session).isKept(entry.id())
              || new SqliteDelayed(session).isPending(entry.id()));
    }

    @Override
    public Optional<IdempotencyRecord> receipt(IdempotencyKey key) throws SQLException {
      return new SqliteReceipts(session).find(key.text(), now);
    }
  }
}
