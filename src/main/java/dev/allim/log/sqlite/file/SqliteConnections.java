package dev.allim.log.sqlite.file;

import dev.allim.log.LogUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The connections to an open file: one that writes, and as many that read as were needed at the
 * same time. Closed for good once something is wrong; then others are opened.
 */
final class SqliteConnections implements AutoCloseable {
  /** How long SQLite waits for a lock that a program of another kind holds. */
  private static final int LOCK_MILLIS = 2_000;

  /** What is kept of the file of the write-ahead log when that begins anew: 64 MiB. */
  private static final long JOURNAL_BYTES = 64L << 20;

  private static final int PAGE_BYTES = 4_096;

  /** The mode of {@code auto_vacuum} in which pages are given back when that is asked for. */
  private static final int INCREMENTAL = 2;

  /** Pages above the cap that publishing may run ahead of sweeping, beside a quarter: 16 MiB. */
  private static final int SPARE_PAGES = 4_096;

  private final SqliteSettings settings;
  private final SqliteDriver driver;
  private final HistoryFileLock claim;
  private final SqlSession writer;
  private final Queue<SqlSession> idleReaders = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  private SqliteConnections(
      SqliteSettings settings, SqliteDriver driver, HistoryFileLock claim, SqlSession writer) {
    this.settings = settings;
    this.driver = driver;
    this.claim = claim;
    this.writer = writer;
  }

  /**
   * Opens the file, and makes it if there is none.
   *
   * @throws LogUnavailableException if it is in use, damaged or not ours
   */
  static SqliteConnections open(SqliteSettings settings, SqliteDriver driver)
      throws SQLException, IOException {
    Path path = settings.path();
    HistoryFileLock claim = HistoryFileLock.on(path);
    try {
      SqliteCheck check = new SqliteCheck(path);
      check.beforeOpening();
      SqliteLibrary.load();
      SqlSession writer = connect(settings, driver);
      try {
        prepareForWriting(writer, settings);
        SqliteSchema.migrate(writer, check.afterOpening(writer));
        claim.identify();
        return new SqliteConnections(settings, driver, claim, writer);
      } catch (SQLException | IOException | RuntimeException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException | IOException | RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  private static SqlSession connect(SqliteSettings settings, SqliteDriver driver)
      throws SQLException {
    SqlSession session = new SqlSession(driver.connect(settings.path()));
    session.run("PRAGMA busy_timeout = " + LOCK_MILLIS);
    session.run("PRAGMA temp_store = MEMORY");
    return session;
  }

  private static void prepareForWriting(SqlSession session, SqliteSettings settings)
      throws SQLException {
    session.run("PRAGMA cache_size = -16384");
    // has an effect on a new file only, but writes to every one: a full disk would have none of it
    if (session.number("PRAGMA auto_vacuum").orElse(0) != INCREMENTAL) {
      session.run("PRAGMA auto_vacuum = " + INCREMENTAL);
    }
    session.run("PRAGMA journal_mode = WAL");
    session.run("PRAGMA synchronous = " + settings.durability().synchronous());
    session.run("PRAGMA wal_autocheckpoint = " + checkpointPages(settings));
    session.run("PRAGMA max_page_count = " + mostPages(session, settings));
    session.run("PRAGMA journal_size_limit = " + JOURNAL_BYTES);
  }

  /**
   * Pages the write-ahead log grows by before it is written back, usually 16 MiB: on a full disk
   * the reserve has to be enough to do so, and for the deletion after that.
   */
  private static long checkpointPages(SqliteSettings settings) {
    return SqliteReserve.bytes(settings) / 2 / PAGE_BYTES;
  }

  /** What sweeping would come too late for is refused, before it fills the disk. */
  private static long mostPages(SqlSession session, SqliteSettings settings) throws SQLException {
    long pageBytes = session.number("PRAGMA page_size").orElse(PAGE_BYTES);
    long pages = settings.retention().maxBytes() / pageBytes;
    long beside = settings.beside().bytes() / pageBytes;
    return Math.min(pages + pages / 4 + SPARE_PAGES + beside, Integer.MAX_VALUE);
  }

  SqlSession writer() {
    return writer;
  }

  /** Whether what was opened is still the file under its name. */
  boolean stillThere() {
    return claim.stillThere();
  }

  /** Does {@code task} on a session that reads. */
  <T> T read(SqlSession.Task<T> task) throws SQLException {
    SqlSession session = borrow();
    boolean sound = false;
    try {
      T result = task.on(session);
      sound = true;
      return result;
    } finally {
      if (sound) {
        giveBack(session);
      } else {
        session.close();
      }
    }
  }

  private SqlSession borrow() throws SQLException {
    SqlSession idle = idleReaders.poll();
    return idle != null ? idle : newReader();
  }

  private SqlSession newReader() throws SQLException {
    if (!Files.exists(settings.path())) {
      throw new SQLException(
          "the file is gone", "", org.sqlite.SQLiteErrorCode.SQLITE_CANTOPEN.code);
    }
    SqlSession session = connect(settings, driver);
    session.run("PRAGMA query_only = TRUE");
    session.run("PRAGMA cache_size = -4096");
    return session;
  }

  private void giveBack(SqlSession reader) {
    idleReaders.add(reader);
    if (closed) {
      closeReaders();
    }
  }

  private void closeReaders() {
    for (SqlSession idle = idleReaders.poll(); idle != null; idle = idleReaders.poll()) {
      idle.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    closeReaders();
    writer.close();
    claim.close();
  }
}
