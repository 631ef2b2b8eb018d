package dev.allim.ops;

import dev.allim.hub.NotificationHub;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: takes new streams and can keep what is published. Not so while it drains. */
@Readiness
@Singleton
public class HubReadiness implements HealthCheck {
  private final NotificationHub hub;

  HubReadiness(NotificationHub hub) {
    this.hub = hub;
  }

  @Override
  public HealthCheckResponse call() {
    boolean draining = hub.draining();
    boolean writable = hub.status().writable();
    return HealthCheckResponse.named("hub")
        .withData("draining", draining)
        .withData("historyWritable", writable)
        .status(!draining && writable)
        .build();
  }
}
