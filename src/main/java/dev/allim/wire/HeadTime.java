package dev.allim.wire;

import dev.allim.hub.HubConfig;
import dev.allim.hub.settings.Bounds;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How long a head may take, as configured. Known to all: Netty makes what asks for it, and knows
 * nothing of this program's parts.
 */
@Singleton
public class HeadTime {
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofHours(1);

  /** Written at the start, before anybody can connect. */
  private static volatile long nanos = Duration.ofSeconds(15).toNanos();

  HeadTime() {}

  void start(@Observes StartupEvent event, HubConfig config) {
    Duration time = config.limits().headTime();
    Bounds.check("allim.limits.head-time", time, LEAST, MOST, "a head takes time to come");
    nanos = time.toNanos();
  }

  static long nanos() {
    return nanos;
  }
}
