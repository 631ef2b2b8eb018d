package dev.allim.log.sqlite.file;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Connects to a file. */
@FunctionalInterface
public interface SqliteDriver {
  /** The one that is used unless a test brings its own. */
  SqliteDriver SQLITE = SqliteDriver::open;

  /** Connects to what is at {@code path}, made if it is not there. */
  Connection connect(Path path) throws SQLException;

  /**
   * Whoever wants a transaction says so by a statement. The driver's own are off: behind every
   * statement it would try to begin one and to commit it, ten calls of SQLite for each publish.
   */
  private static Connection open(Path path) throws SQLException {
    Connection connection = JDBC.createConnection(JDBC.PREFIX + path, properties());
    try (Statement ends = connection.createStatement()) {
      connection.setAutoCommit(false); // which begins one, the only one
      ends.execute("COMMIT");
      return connection;
    } catch (SQLException | RuntimeException fault) {
      connection.close();
      throw fault;
    }
  }

  /** Nobody asks for generated keys, for which the driver would look through every statement. */
  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty(SQLiteConfig.Pragma.JDBC_GET_GENERATED_KEYS.pragmaName, "false");
    return properties;
  }
}
