package dev.allim.security;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Writes down why tokens are refused, and nothing of what they say: the first of a kind at once,
 * then once a minute how many there were.
 */
@Singleton
public class RefusedTokens {
  private static final Logger LOG = Logger.getLogger(RefusedTokens.class);

  private final Map<Refusal, Count> counts = new EnumMap<>(Refusal.class);

  private static final class Count {
    private final LongAdder sinceLastLine = new LongAdder();
    private volatile boolean silent = true;
  }

  RefusedTokens() {
    for (Refusal reason : Refusal.values()) {
      counts.put(reason, new Count());
    }
  }

  /** One was, by the door of another protocol. */
  public void note(TokenRefusedException refused) {
    note(refused.reason());
  }

  /** One was. */
  void note(Refusal reason) {
    Count count = Objects.requireNonNull(counts.get(reason));
    if (count.silent) {
      count.silent = false;
      write(reason, 1);
    } else {
      count.sinceLastLine.increment();
    }
  }

  @Scheduled(every = "60s", delayed = "60s")
  void everyMinute() {
    counts.forEach(
        (reason, count) -> {
          long gathered = count.sinceLastLine.sumThenReset();
          count.silent = gathered == 0;
          if (gathered > 0) {
            write(reason, gathered);
          }
        });
  }

  private static void write(Refusal reason, long count) {
    LOG.warnf("Tokens were refused why=%s count=%d", reason, count);
  }
}
