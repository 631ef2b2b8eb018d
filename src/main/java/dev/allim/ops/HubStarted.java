package dev.allim.ops;

import dev.allim.hub.NotificationHub;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started: the history is open and every lane has its place in it. */
@Startup
@Singleton
public class HubStarted implements HealthCheck {
  private volatile boolean started;

  /**
   * Asking for the hub makes it, with its history: a fault there fails the start, not a request.
   */
  void start(@Observes StartupEvent event, NotificationHub hub) {
    started = !hub.draining();
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("hub").status(started).build();
  }
}
