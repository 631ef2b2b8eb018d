package dev.allim.log.sqlite.file;

import java.sql.SQLException;

/**
 * All of a transaction was written but its end: whether a disk that fails in this very moment has
 * it shows only when it can be read again.
 */
final class CommitFailedException extends SQLException {
  private static final long serialVersionUID = 1L;

  CommitFailedException(SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
  }
}
