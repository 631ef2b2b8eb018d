package dev.allim.log.sqlite;

import dev.allim.log.sqlite.file.SqliteDriver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/**
 * A disk that fails in the moment of a commit, as one does whose cache cannot be written out: to
 * the program it says that it failed; what it holds is another matter.
 */
final class FailingDisk implements SqliteDriver {
  /** What becomes of a commit that is said to have failed. */
  enum Then {
    KEPT,
    LOST
  }

  private static final SqliteDriver REAL = SqliteDriver.SQLITE;

  private volatile boolean failsNext;
  private volatile Then then = Then.LOST;
  private volatile boolean gone;
  private volatile SQLiteErrorCode code = SQLiteErrorCode.SQLITE_IOERR_FSYNC;

  /** The next commit fails. */
  void failCommit(Then outcome) {
    failCommit(outcome, SQLiteErrorCode.SQLITE_IOERR_FSYNC);
  }

  void failCommit(Then outcome, SQLiteErrorCode with) {
    then = outcome;
    code = with;
    failsNext = true;
  }

  /** It cannot be opened any more once it was closed. */
  void goAway() {
    gone = true;
  }

  void comeBack() {
    gone = false;
  }

  @Override
  public Connection connect(Path path) throws SQLException {
    if (gone) {
      throw failure(SQLiteErrorCode.SQLITE_IOERR);
    }
    Connection real = REAL.connect(path);
    return proxy(Connection.class, (method, arguments) -> onConnection(real, method, arguments));
  }

  private Object onConnection(Connection real, Method method, Object[] arguments) throws Throwable {
    Object result = invoke(real, method, arguments);
    boolean commits = method.getName().equals("prepareStatement") && arguments[0].equals("COMMIT");
    return commits
        ? proxy(
            PreparedStatement.class,
            (call, given) -> onCommit(real, (PreparedStatement) result, call, given))
        : result;
  }

  private Object onCommit(
      Connection connection, PreparedStatement real, Method method, Object[] arguments)
      throws Throwable {
    if (!failsNext || !method.getName().equals("execute") || isReading(connection)) {
      return invoke(real, method, arguments);
    }
    failsNext = false;
    if (then == Then.KEPT) {
      real.execute();
    }
    throw failure(code);
  }

  private static boolean isReading(Connection connection) throws SQLException {
    try (var answer = connection.createStatement().executeQuery("PRAGMA query_only")) {
      return answer.getBoolean(1);
    }
  }

  private static SQLException failure(SQLiteErrorCode code) {
    return new SQLException(code.message, "", code.code);
  }

  private interface Handler {
    Object handle(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> handler.handle(method, arguments)));
  }

  private static Object invoke(Object on, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }
}
