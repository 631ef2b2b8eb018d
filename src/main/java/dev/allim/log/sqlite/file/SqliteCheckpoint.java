package dev.allim.log.sqlite.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps the write-ahead log small. SQLite begins it anew by itself when nobody reads in that
 * moment; where there is always somebody, this makes such a moment, on a thread of its own, so that
 * whoever writes does not wait for those who read.
 */
final class SqliteCheckpoint implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SqliteCheckpoint.class);

  /** Commits that are not looked at, at most; fewer when it may soon be too large. */
  private static final int MOST_UNSEEN = 16;

  /** What comes in such a time is little to write back. */
  private static final long BESIDE_NANOS = Duration.ofMillis(500).toNanos();

  private final Path file;
  private final Path writeAheadLog;
  private final long large;
  private final Callable<Boolean> writeBack;
  private final Callable<Boolean> writeBeside;
  private final boolean besideCommits;
  private final LongSupplier nanoTime;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private long seenBytes;
  private long unseen;
  private long nextLook;
  private volatile long besideAt;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(SqliteCheckpoint::thread);

  /**
   * Looks after the log beside the file of {@code settings}. Where commits do not flush, it writes
   * back beside them, so that little is left for the one with which SQLite does it by itself, and
   * which has to flush; where each does, another flush would keep them waiting more often.
   *
   * @param large bytes from which on it is to be begun anew, twice what it has while SQLite manages
   *     by itself
   * @param writeBack writes it back; whether it could
   * @param writeBeside writes back what it can beside commits and readers
   */
  SqliteCheckpoint(
      SqliteSettings settings,
      long large,
      Callable<Boolean> writeBack,
      Callable<Boolean> writeBeside,
      LongSupplier nanoTime) {
    this.file = settings.path();
    this.writeAheadLog = Path.of(file + "-wal");
    this.large = large;
    this.writeBack = writeBack;
    this.writeBeside = writeBeside;
    this.besideCommits = settings.durability() == Durability.MEMORY;
    this.nanoTime = nanoTime;
    this.besideAt = nanoTime.getAsLong();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "allim-checkpoint");
    thread.setDaemon(true);
    return thread;
  }

  /** Bytes of both files now. */
  long bytes() {
    return file.toFile().length() + bytesAhead();
  }

  private long bytesAhead() {
    return writeAheadLog.toFile().length();
  }

  /**
   * To be called after every commit, by any thread. Looks at the file only now and then: since
   * Linux 6.13 a file that was looked at gets a new time with its next write, and a flush that has
   * to write that, too, takes twice as long.
   */
  void written() {
    if (isToBeginAnew()) {
      start(writeBack);
    } else if (besideCommits && nanoTime.getAsLong() - besideAt >= BESIDE_NANOS) {
      start(writeBeside);
    }
  }

  private void start(Callable<Boolean> task) {
    if (underWay.compareAndSet(false, true)) {
      try {
        thread.execute(() -> run(task));
      } catch (RejectedExecutionException closed) {
        underWay.set(false);
      }
    }
  }

  private synchronized boolean isToBeginAnew() {
    if (++unseen < nextLook) {
      return false;
    }
    long bytes = bytesAhead();
    long grownEach = Math.max(1, (bytes - seenBytes) / unseen);
    nextLook = Math.min(MOST_UNSEEN, (large - bytes) / 4 / grownEach);
    seenBytes = bytes;
    unseen = 0;
    return bytes > large;
  }

  private void run(Callable<Boolean> task) {
    try {
      boolean done = task.call();
      LOG.debugf("The write-ahead log was written back: %s", done);
    } catch (Exception again) {
      LOG.debug("The write-ahead log will be written back after the next commit", again);
    } finally {
      besideAt = nanoTime.getAsLong();
      underWay.set(false);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
