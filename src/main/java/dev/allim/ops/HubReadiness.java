package dev.allim.ops;

import dev.allim.hub.NotificationHub;
import dev.allim.log.EventLog;
import dev.allim.log.LogStatus;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: takes new streams and can keep what is published. Not so while it drains. */
@Readiness
@Singleton
public class HubReadiness implements HealthCheck {
  private final NotificationHub hub;
  private final EventLog log;

  HubReadiness(NotificationHub hub, EventLog log) {
    this.hub = hub;
    this.log = log;
  }

  @Override
  public HealthCheckResponse call() {
    boolean draining = hub.draining();
    LogStatus status = log.status();
    boolean writable = isWritable(status);
    return HealthCheckResponse.named("hub")
        .withData("draining", draining)
        .withData("historyWritable", writable)
        .withData("lagEvents", status.lag())
        .withData("lagMillis", status.behind().toMillis())
        .status(!draining && writable)
        .build();
  }

  /** A log of many machines has a grace: all of them would turn away together. */
  private boolean isWritable(LogStatus status) {
    return log.isShared() ? status.writable() : hub.status().writable();
  }
}
