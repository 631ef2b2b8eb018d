package dev.allim.log.sqlite.file;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A connection with the statements it has prepared. For one thread at a time. */
public final class SqlSession implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  SqlSession(Connection connection) {
    this.connection = connection;
  }

  /** Work on a session. */
  @FunctionalInterface
  public interface Task<T> {
    T on(SqlSession session) throws SQLException;
  }

  /** What is done with each row of an answer. */
  @FunctionalInterface
  public interface Rows {
    /** Returns whether to go on with the next one. */
    boolean accept(ResultSet row) throws SQLException;
  }

  /** The statement, prepared once; {@code parameters} are numbers, texts or enumerations. */
  public PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /**
   * Lets go of what is prepared: the driver closes a statement at some faults, and does not say at
   * which.
   */
  void forgetStatements() {
    for (PreparedStatement statement : prepared.values()) {
      try {
        statement.close();
      } catch (SQLException ignored) {
        // it reports the fault that it met before once more
      }
    }
    prepared.clear();
  }

  /** Runs a statement that is not worth keeping. */
  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The same for one that does its work row by row of an answer that nobody asks for. */
  public void runToItsEnd(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Changes rows; how many. */
  public int update(String sql, @Nullable Object... parameters) throws SQLException {
    return prepare(sql, parameters).executeUpdate();
  }

  /** Hands the rows of an answer on, until there are no more or {@code rows} has enough. */
  public void query(Rows rows, String sql, @Nullable Object... parameters) throws SQLException {
    try (ResultSet row = prepare(sql, parameters).executeQuery()) {
      boolean more = row.next();
      while (more) {
        more = rows.accept(row) && row.next();
      }
    }
  }

  /** The first column of the first row, absent if there is no row or it is NULL. */
  public OptionalLong number(String sql, @Nullable Object... parameters) throws SQLException {
    try (ResultSet row = prepare(sql, parameters).executeQuery()) {
      if (!row.next()) {
        return OptionalLong.empty();
      }
      long value = row.getLong(1);
      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
  }

  /** The same for a text. */
  public Optional<String> text(String sql, @Nullable Object... parameters) throws SQLException {
    try (ResultSet row = prepare(sql, parameters).executeQuery()) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  /** All of it or nothing, against other writers. */
  public <T> T inWrite(Task<T> task) throws SQLException {
    return between("BEGIN IMMEDIATE", task);
  }

  /** All of it on one state of the file, whatever is written meanwhile. */
  public <T> T inSnapshot(Task<T> task) throws SQLException {
    return between("BEGIN", task);
  }

  private <T> T between(String begin, Task<T> task) throws SQLException {
    prepare(begin).execute();
    try {
      T result = task.on(this);
      commit();
      return result;
    } catch (SQLException | RuntimeException failure) {
      rollBack(failure);
      throw failure;
    }
  }

  private void commit() throws CommitFailedException {
    try {
      prepare("COMMIT").execute();
    } catch (SQLException failure) {
      throw new CommitFailedException(failure);
    }
  }

  /** A full disk makes SQLite roll back by itself: that there is nothing left to do is no fault. */
  private void rollBack(Exception failure) {
    try {
      prepare("ROLLBACK").execute();
    } catch (SQLException nothingToRollBack) {
      failure.addSuppressed(nothingToRollBack);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException ignored) {
      // what was committed is kept by the next one that opens the file
    }
  }
}
