package dev.allim.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sees what is logged as a warning or worse, from its creation until it is closed. */
public final class LogWatch extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LogWatch() {
    setLevel(Level.WARNING);
  }

  /** Begins to watch. */
  public static LogWatch start() {
    LogWatch watch = new LogWatch();
    Logger.getLogger("").addHandler(watch);
    return watch;
  }

  /** What has been logged so far, as {@code LEVEL logger: message (exception)}. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord entry) {
    if (isLoggable(entry)) {
      lines.add(
          "%s %s: %s (%s)"
              .formatted(
                  entry.getLevel(), entry.getLoggerName(), entry.getMessage(), entry.getThrown()));
    }
  }

  @Override
  public void flush() {
    // nothing is held back
  }

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
