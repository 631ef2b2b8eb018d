package dev.allim.log.sqlite;

import dev.allim.log.LogUnavailableException;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.log.sqlite.file.SqliteFaults;
import dev.allim.log.sqlite.file.SqliteFile;
import dev.allim.log.sqlite.file.SqliteReserve;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * Room in the file and on its disk. What makes room gets it done on a full disk, too, with the help
 * of the {@link SqliteReserve}; publishing waits until that is there again. Any thread.
 */
final class SqliteRoom {
  private static final Logger LOG = Logger.getLogger(SqliteRoom.class);

  /** What a step becomes smaller by each time that there was no room for it. */
  private static final int SMALLER = 8;

  /** Free pages, or pages that the file may grow by, for it to be more than the next publish. */
  private static final long HEADROOM_PAGES = 1_024;

  private final SqliteFile file;
  private final SqliteReserve reserve;
  private volatile int rows = SqliteDeletion.MOST;

  SqliteRoom(SqliteFile file) {
    this.file = file;
    this.reserve = file.reserve();
  }

  /** How many rows, or pages, a step is to be about now. */
  int rows() {
    return rows;
  }

  /**
   * Does a step of what makes room in one transaction, again and again until there is room for it:
   * each time the write-ahead log is written back, first with the room of the reserve, then for a
   * step that asks for fewer {@link #rows}.
   */
  <T> T make(SqlSession.Task<T> step) {
    while (true) {
      try {
        return file.write(step);
      } catch (LogUnavailableException fault) {
        if (!SqliteFaults.isPerhapsFull(fault) || !isMoreWithinReach()) {
          throw fault;
        }
      }
    }
  }

  private boolean isMoreWithinReach() {
    if (!reserve.release()) {
      if (rows == 1) {
        return false;
      }
      rows = Math.max(1, rows / SMALLER);
    }
    file.writeBackNow();
    return true;
  }

  /**
   * To be called when something was deleted, and from time to time: on a disk that is full, or was,
   * what is free in the file is given back to it until the reserve is there again and leaves some
   * room.
   */
  void restore() {
    try {
      if (isShort()) {
        file.writeBackNow();
      }
      boolean more = true;
      while (isShort() && more) {
        more = make(this::giveBackPages);
        file.writeBackNow();
      }
      rows = reserve.isMissing() ? rows : SqliteDeletion.MOST;
    } catch (LogUnavailableException later) {
      LOG.debug("What is free in the history file will be given back later", later);
    }
  }

  private boolean isShort() {
    reserve.take();
    return reserve.isMissing() || !reserve.leavesHeadroom();
  }

  /** Gives some back to the disk; whether there is more. */
  boolean giveBackPages(SqlSession session) throws SQLException {
    long free = pages(session, "freelist_count");
    if (free > 0) {
      session.runToItsEnd("PRAGMA incremental_vacuum(" + rows + ")");
    }
    long left = pages(session, "freelist_count");
    return left > 0 && left < free;
  }

  /** Refuses a publish that would take the room that deletions need. */
  void admit() {
    if (reserve.isMissing()) {
      throw SqliteFaults.littleRoom(file.place());
    }
  }

  /**
   * Refuses while there is room for hardly more than the next publish: that the file can be written
   * would be said and taken back each second.
   */
  void requireHeadroom() {
    if (isShort() || !file.onWriter(SqliteRoom::mayGrow)) {
      throw SqliteFaults.littleRoom(file.place());
    }
  }

  private static boolean mayGrow(SqlSession session) throws SQLException {
    long most = session.number("PRAGMA max_page_count").orElse(Long.MAX_VALUE);
    return most - pages(session, "page_count") + pages(session, "freelist_count") >= HEADROOM_PAGES;
  }

  private static long pages(SqlSession session, String pragma) throws SQLException {
    return session.number("PRAGMA " + pragma).orElse(0);
  }
}
