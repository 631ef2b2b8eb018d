package dev.allim.runtime;

import dev.allim.log.HistoryConfig;
import dev.allim.log.LogEngine;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.memory.MemoryLog;
import dev.allim.log.sqlite.SqliteLog;
import dev.allim.log.sqlite.SqliteSettings;
import java.time.Clock;

/** Opens the engine that the configuration asks for. */
public final class EventLogs {
  private EventLogs() {}

  /**
   * Opens it; it lets go by itself what is not to be kept. To be closed at the end.
   *
   * @throws LogUnavailableException if the file is in use by another program, damaged, not ours or
   *     of a newer version; the message says how to go on
   */
  public static LogEngine open(HistoryConfig config, Clock clock) {
    if (!config.enabled()) {
      return new MemoryLog(
          clock, config.memory().count(), config.memory().size().asLongValue(), config.beside());
    }
    SqliteSettings settings =
        new SqliteSettings(
            config.path(),
            config.durability(),
            config.keep(),
            config.beside(),
            SqliteSettings.READERS);
    return new SqliteLog(settings, clock).sweptEvery(config.sweepEvery());
  }
}
