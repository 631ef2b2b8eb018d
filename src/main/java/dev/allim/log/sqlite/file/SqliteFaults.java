package dev.allim.log.sqlite.file;

import dev.allim.log.LogUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says in an operator's words what SQLite says in codes. */
public final class SqliteFaults {
  private static final int PRIMARY_CODE = 0xFF;

  private SqliteFaults() {}

  /** The fault, with what would help. */
  static LogUnavailableException inWords(Path path, SQLException cause) {
    return new LogUnavailableException(
        "The history file %s %s (SQLite: %s)".formatted(path, words(cause), cause.getMessage()),
        cause);
  }

  /** The same for a commit of which nobody knows whether the disk has it. */
  static LogUnavailableException inDoubt(Path path, SQLException cause) {
    return LogUnavailableException.inDoubt(
        inWords(path, cause).getMessage()
            + " Whether what was sent is kept is not known until the disk answers again.",
        cause);
  }

  private static String words(SQLException cause) {
    return switch (code(cause)) {
      case SQLITE_FULL ->
          "cannot grow: the disk or its quota is full, or publishers are so far ahead that it is a"
              + " quarter above allim.history.max-size. Make room, or wait for the next sweep;"
              + " nothing else is to be done.";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "is locked by another program. Let that one finish, for instance a shell of sqlite3"
              + " with an open transaction.";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          "cannot be written by this user. Give the user of this program the right to write the"
              + " file and its directory.";
      case SQLITE_CANTOPEN ->
          "cannot be opened: the directory is missing or closed to this user. Put it back, or"
              + " give the user of this program the right to write in it.";
      case SQLITE_CORRUPT, SQLITE_NOTADB -> SqliteCheck.DAMAGED;
      case SQLITE_IOERR ->
          "cannot be read or written: the disk or network behind it fails. Look into the system's"
              + " log; the file is tried again with the next publish.";
      default -> "cannot be used now. It is tried again with the next publish.";
    };
  }

  /** Whether the session that met it can go on as it is. */
  static boolean leavesSessionUsable(SQLException cause) {
    return switch (code(cause)) {
      case SQLITE_FULL, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CONSTRAINT -> true;
      default -> false;
    };
  }

  /** Whether room on the disk could be what is missing: beyond a quota, SQLite cannot tell. */
  static boolean isPerhapsFull(SQLException cause) {
    return switch (code(cause)) {
      case SQLITE_FULL, SQLITE_IOERR -> true;
      default -> false;
    };
  }

  /** The same of one in words. */
  public static boolean isPerhapsFull(LogUnavailableException fault) {
    return fault.getCause() instanceof SQLException cause && isPerhapsFull(cause);
  }

  /** What room there is, deletions may need. */
  public static LogUnavailableException littleRoom(String place) {
    return new LogUnavailableException(
        "Little room is left for the history file %s: the disk or its quota is nearly full, or publishers are so far ahead that it is nearly a quarter above allim.history.max-size. Make room, or wait for the next sweep; nothing else is to be done."
            .formatted(place));
  }

  /** Whether an id was appended that is there already. */
  static boolean isDuplicate(SQLException cause) {
    return code(cause) == SQLiteErrorCode.SQLITE_CONSTRAINT;
  }

  private static SQLiteErrorCode code(SQLException cause) {
    return SQLiteErrorCode.getErrorCode(cause.getErrorCode() & PRIMARY_CODE);
  }
}
