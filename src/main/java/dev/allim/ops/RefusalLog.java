package dev.allim.ops;

import dev.allim.hub.spi.DisconnectCause;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Writes down that something was refused: the first of a class at once, then once a minute how many
 * there were, so that a flood of refusals does not become one of log lines.
 */
@Singleton
public class RefusalLog {
  private static final Logger LOG = Logger.getLogger(RefusalLog.class);

  private final Map<Kind, LongAdder> sinceLastLine = new ConcurrentHashMap<>();

  private record Kind(String what, String why, Logger.Level level) {}

  /** A stream was turned away. */
  void stream(DisconnectCause cause) {
    Logger.Level level = cause.noteworthy() ? Logger.Level.WARN : Logger.Level.INFO;
    refused(new Kind("stream", name(cause), level));
  }

  /** A publish was refused. */
  void publish(Rejections.Reason reason) {
    Logger.Level level = reason.ours() ? Logger.Level.WARN : Logger.Level.INFO;
    refused(new Kind("publish", name(reason), level));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void refused(Kind kind) {
    LongAdder known = sinceLastLine.get(kind);
    if (known != null) {
      known.increment();
    } else if (sinceLastLine.putIfAbsent(kind, new LongAdder()) == null) {
      write(kind, 1);
    }
  }

  /** Writes what has gathered; classes that are silent begin anew. */
  @Scheduled(every = "60s", delayed = "60s")
  void everyMinute() {
    sinceLastLine.forEach(
        (kind, count) -> {
          long gathered = count.sumThenReset();
          if (gathered == 0) {
            sinceLastLine.remove(kind, count);
          } else {
            write(kind, gathered);
          }
        });
  }

  private static void write(Kind kind, long count) {
    LOG.logf(kind.level(), "Refused what=%s why=%s count=%d", kind.what(), kind.why(), count);
  }
}
