package dev.allim.log.sqlite.file;

import dev.allim.log.LogUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The file behind the log, opened anew by itself whenever it was lost and is there again. Writes
 * are one at a time, first come first served; reads go on beside them. Faults come out as {@link
 * LogUnavailableException}.
 */
public final class SqliteFile implements AutoCloseable {
  private static final long READERS_END_SECONDS = 2;

  private final SqliteSettings settings;
  private final SqliteDriver driver;
  private final SqlSession.Task<?> whenOpened;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final Semaphore reading;
  private final Semaphore lookingUp;
  private final SqliteReserve reserve;
  private final SqliteCheckpoint checkpoint;
  private volatile Optional<SqliteConnections> connections = Optional.empty();
  private volatile boolean writable = true;
  // under the lock of writing
  private boolean openedOnce;
  private boolean closed;

  /**
   * Opens the file, and makes it and its directory if there is none.
   *
   * @param whenOpened is done on the writing session each time before anything else
   */
  public SqliteFile(SqliteSettings settings, SqliteDriver driver, SqlSession.Task<?> whenOpened) {
    this.settings = settings;
    this.driver = driver;
    this.whenOpened = whenOpened;
    this.reading = new Semaphore(settings.readers(), true);
    this.lookingUp = new Semaphore(settings.readers(), true);
    this.reserve = SqliteReserve.of(settings);
    this.checkpoint =
        new SqliteCheckpoint(
            settings, reserve.bytes(), this::writeBack, this::writeBeside, System::nanoTime);
    write(session -> 0);
  }

  /** Does {@code task} in one transaction, all of it or nothing. */
  public <T> T write(SqlSession.Task<T> task) {
    T result = onWriter(session -> session.inWrite(task));
    written();
    return result;
  }

  private void written() {
    writable = true;
    checkpoint.written();
  }

  /** Whether it took what it was last given, and takes more. Never blocks. */
  public boolean isWritable() {
    return writable && !reserve.isMissing();
  }

  /** The room beside it for a full disk. */
  public SqliteReserve reserve() {
    return reserve;
  }

  /** How much it takes on the disk. Asks the system, and waits for nothing. */
  public long bytes() {
    return checkpoint.bytes();
  }

  /** Where it is. */
  public String place() {
    return settings.path().toAbsolutePath().toString();
  }

  /**
   * The same for a publisher, who is to know what became of it also when a disk fails in the moment
   * of the commit. {@code lookUp} finds that out on the file opened anew, in a transaction that
   * writes something: what {@code task} would have returned, absent if nothing is kept.
   */
  public <T> T write(SqlSession.Task<T> task, SqlSession.Task<Optional<T>> lookUp) {
    writing.lock();
    try {
      T result = usable().writer().inWrite(task);
      written();
      return result;
    } catch (CommitFailedException fault) {
      return outcome(fault, lookUp);
    } catch (SQLException fault) {
      throw writeFailed(fault);
    } finally {
      writing.unlock();
    }
  }

  /** A session that stays usable has rolled back, and goes on from there. */
  private <T> T outcome(CommitFailedException fault, SqlSession.Task<Optional<T>> lookUp) {
    RuntimeException failure = writeFailed(fault);
    if (SqliteFaults.leavesSessionUsable(fault)) {
      throw failure;
    }
    return lookUp(fault, lookUp).orElseThrow(() -> failure);
  }

  private <T> Optional<T> lookUp(CommitFailedException fault, SqlSession.Task<Optional<T>> lookUp) {
    try {
      Optional<T> kept = usable().writer().inWrite(lookUp);
      writable = true;
      return kept;
    } catch (SQLException | LogUnavailableException undecided) {
      discard();
      LogUnavailableException doubt = SqliteFaults.inDoubt(settings.path(), fault);
      doubt.addSuppressed(undecided);
      throw doubt;
    }
  }

  /** Does {@code task} on the writing session outside of any transaction. */
  public <T> T onWriter(SqlSession.Task<T> task) {
    writing.lock();
    try {
      return task.on(usable().writer());
    } catch (SQLException fault) {
      throw writeFailed(fault);
    } finally {
      writing.unlock();
    }
  }

  /** Does {@code task} beside whatever is written. It is to be done in about 100 ms. */
  public <T> T read(SqlSession.Task<T> task) {
    return read(task, reading);
  }

  /**
   * The same for what an index answers in a moment, and for what the writer has to know: it does
   * not wait for those who read.
   */
  public <T> T lookUp(SqlSession.Task<T> task) {
    return read(task, lookingUp);
  }

  private <T> T read(SqlSession.Task<T> task, Semaphore permits) {
    permits.acquireUninterruptibly();
    try {
      return (connections.isPresent() ? connections.get() : reopened()).read(task);
    } catch (SQLException fault) {
      throw SqliteFaults.inWords(settings.path(), fault);
    } finally {
      permits.release();
    }
  }

  /**
   * Writes all of the write-ahead log back, so that it begins anew: readers, each of which may need
   * a part of it, wait for that moment; false if those who read already took too long.
   */
  private boolean writeBack() throws InterruptedException {
    if (!reading.tryAcquire(settings.readers(), READERS_END_SECONDS, TimeUnit.SECONDS)) {
      return false;
    }
    try {
      return onWriter(session -> session.number("PRAGMA wal_checkpoint(TRUNCATE)").orElse(1) == 0);
    } finally {
      reading.release(settings.readers());
    }
  }

  private boolean writeBeside() {
    return lookUp(session -> session.number("PRAGMA wal_checkpoint(PASSIVE)").orElse(1) == 0);
  }

  /** The same, as far as it can be done now. */
  public void writeBackNow() {
    try {
      writeBack();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (LogUnavailableException later) {
      // whoever asked for it tells what became of that
    }
  }

  private SqliteConnections reopened() throws SQLException {
    writing.lock();
    try {
      return usable();
    } finally {
      writing.unlock();
    }
  }

  /** Writing to a file that was moved away would succeed, and be lost: hence the look each time. */
  private SqliteConnections usable() throws SQLException {
    try {
      return stillOrAgainOpen();
    } catch (SQLException | LogUnavailableException gone) {
      writable = false;
      throw gone;
    }
  }

  private SqliteConnections stillOrAgainOpen() throws SQLException {
    if (closed) {
      throw new LogUnavailableException("The history is closed.");
    }
    if (connections.isPresent() && !connections.get().stillThere()) {
      discard();
    }
    if (connections.isEmpty()) {
      connections = Optional.of(open());
    }
    return connections.get();
  }

  private SqliteConnections open() throws SQLException {
    try {
      makeOnce();
      SqliteConnections opened = openAndGreet();
      openedOnce = true;
      reserve.look();
      return opened;
    } catch (SQLException fault) {
      if (SqliteFaults.isPerhapsFull(fault) && reserve.release()) {
        return open();
      }
      throw fault;
    } catch (IOException e) {
      throw new LogUnavailableException(
          "The history file %s cannot be opened: its directory is missing or closed to this user. Put it back, or give the user of this program the right to write in it."
              .formatted(settings.path()),
          e);
    }
  }

  private SqliteConnections openAndGreet() throws SQLException, IOException {
    SqliteConnections opened = SqliteConnections.open(settings, driver);
    try {
      whenOpened.on(opened.writer());
      return opened;
    } catch (SQLException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Only at the start is a missing file a new one: later it would be an empty history in place of
   * one that may come back.
   */
  private void makeOnce() throws IOException {
    if (!openedOnce) {
      Files.createDirectories(settings.path().getParent());
    } else if (!Files.exists(settings.path())) {
      throw new LogUnavailableException(
          "The history file %s is not there any more. Put it back where it was, or restart the program to begin a new one."
              .formatted(settings.path()));
    }
  }

  private RuntimeException writeFailed(SQLException fault) {
    connections.ifPresent(open -> open.writer().forgetStatements());
    if (SqliteFaults.isDuplicate(fault)) {
      return new IllegalArgumentException("an id in the batch is kept or pending already", fault);
    }
    writable = false;
    if (!SqliteFaults.leavesSessionUsable(fault)) {
      discard();
    }
    return SqliteFaults.inWords(settings.path(), fault);
  }

  private void discard() {
    connections.ifPresent(SqliteConnections::close);
    connections = Optional.empty();
  }

  @Override
  public void close() {
    checkpoint.close();
    reserve.close();
    writing.lock();
    try {
      closed = true;
      discard();
    } finally {
      writing.unlock();
    }
  }
}
