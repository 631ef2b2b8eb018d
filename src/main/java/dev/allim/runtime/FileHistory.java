package dev.allim.runtime;

import dev.allim.log.EventLog;
import dev.allim.log.HistoryState;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The size of a log that is kept in one file and its write-ahead log.
 *
 * @param log what is kept there
 * @param file where
 */
record FileHistory(EventLog log, Path file) implements HistoryState {
  @Override
  public long events() {
    return log.head() - log.earliest();
  }

  @Override
  public long bytes() {
    return Stream.of("", "-wal")
        .mapToLong(suffix -> Path.of(file + suffix).toFile().length())
        .sum();
  }

  @Override
  public String place() {
    return file.toAbsolutePath().toString();
  }
}
