package dev.allim.log.sqlite.file;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Connects to a file. */
@FunctionalInterface
public interface SqliteDriver {
  /** The one that is used unless a test brings its own. */
  SqliteDriver SQLITE = path -> JDBC.createConnection(JDBC.PREFIX + path, properties());

  /** Connects to what is at {@code path}, made if it is not there. */
  Connection connect(Path path) throws SQLException;

  /** Nobody asks for generated keys, for which the driver would look through every statement. */
  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty(SQLiteConfig.Pragma.JDBC_GET_GENERATED_KEYS.pragmaName, "false");
    return properties;
  }
}
