package dev.allim.log.sqlite.file;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.JDBC;

/** Connects to a file. */
@FunctionalInterface
public interface SqliteDriver {
  /** The one that is used unless a test brings its own. */
  SqliteDriver SQLITE = path -> JDBC.createConnection(JDBC.PREFIX + path, new Properties());

  /** Connects to what is at {@code path}, made if it is not there. */
  Connection connect(Path path) throws SQLException;
}
