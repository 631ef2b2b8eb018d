package dev.allim.runtime;

import dev.allim.log.LogEngine;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.memory.MemoryLog;
import dev.allim.log.redis.RedisLog;
import dev.allim.log.redis.RedisSettings;
import dev.allim.log.sqlite.SqliteLog;
import dev.allim.log.sqlite.file.SqliteSettings;
import io.vertx.redis.client.Redis;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the engine that the configuration asks for. */
public final class EventLogs {
  private EventLogs() {}

  /**
   * Opens it; it lets go by itself what is not to be kept. To be closed at the end.
   *
   * @param redis reaches Redis, if that is configured; asked for by that engine alone
   * @throws LogUnavailableException if the file is in use by another program, damaged, not ours or
   *     of a newer version, or Redis cannot be reached; the message says how to go on
   */
  public static LogEngine open(HistoryConfig config, Clock clock, Supplier<Optional<Redis>> redis) {
    return switch (config.keptBy()) {
      case MEMORY ->
          new MemoryLog(
              clock,
              config.memory().count(),
              config.memory().size().asLongValue(),
              config.beside());
      case SQLITE ->
          new SqliteLog(file(config), clock).enforcingRetentionEvery(config.sweepEvery());
      case REDIS ->
          new RedisLog(client(redis), stream(config), clock, System::nanoTime)
              .enforcingRetentionEvery(config.sweepEvery());
    };
  }

  private static SqliteSettings file(HistoryConfig config) {
    return new SqliteSettings(
        config.path(), config.durability(), config.keep(), config.beside(), SqliteSettings.READERS);
  }

  private static RedisSettings stream(HistoryConfig config) {
    return RedisSettings.of(
        config.redis().name(),
        config.keep(),
        config.beside(),
        config.redis().minReplicas(),
        config.redis().patience(),
        config.redis().grace());
  }

  private static Redis client(Supplier<Optional<Redis>> redis) {
    return redis
        .get()
        .orElseThrow(
            () ->
                new LogUnavailableException(
                    "allim.history.engine=redis needs quarkus.redis.hosts, for example"
                        + " redis://localhost:6379."));
  }
}
