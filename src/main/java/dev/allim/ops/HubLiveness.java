package dev.allim.ops;

import dev.allim.hub.NotificationHub;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live: every event loop still turns. One that is stuck keeps its streams silent for ever, and only
 * a restart helps; an overloaded one is merely late, so the patience is long.
 */
@Liveness
@Singleton
public class HubLiveness implements HealthCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final NotificationHub hub;

  HubLiveness(NotificationHub hub) {
    this.hub = hub;
  }

  @Override
  public HealthCheckResponse call() {
    Duration silence = hub.status().longestSilence();
    return HealthCheckResponse.named("lanes")
        .withData("silentMillis", silence.toMillis())
        .status(silence.compareTo(PATIENCE) < 0)
        .build();
  }
}
