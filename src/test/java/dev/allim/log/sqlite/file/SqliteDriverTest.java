package dev.allim.log.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions are those of our statements, and none of the driver's. */
class SqliteDriverTest {
  @TempDir Path directory;

  private Connection connect() throws SQLException {
    return SqliteDriver.SQLITE.connect(directory.resolve("a.db"));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM a")) {
      return row.getInt(1);
    }
  }

  @Test
  void keepsAtOnceWhatIsWrittenOutsideOfAny() throws SQLException {
    try (Connection one = connect();
        Connection other = connect()) {
      assertThat(one.getAutoCommit()).isFalse();
      run(one, "CREATE TABLE a (b)");
      run(one, "INSERT INTO a VALUES (1)");

      assertThat(rows(other)).isEqualTo(1);
    }
  }

  @Test
  void keepsNothingOfOneThatIsRolledBackAndAllOfOneThatIsCommitted() throws SQLException {
    try (Connection one = connect()) {
      run(one, "PRAGMA journal_mode = WAL");
      run(one, "CREATE TABLE a (b)");

      run(one, "BEGIN IMMEDIATE");
      run(one, "INSERT INTO a VALUES (1)");
      run(one, "ROLLBACK");
      assertThat(rows(one)).isZero();

      run(one, "BEGIN IMMEDIATE");
      run(one, "INSERT INTO a VALUES (1)");
      run(one, "COMMIT");
      assertThat(rows(one)).isEqualTo(1);
    }
  }
}
