package dev.allim.ops;

import dev.allim.hub.HubConfig;
import dev.allim.log.EventLog;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** One line with what an operator asks first of a hub that has just started. */
@Singleton
public class StartLog {
  private static final Logger LOG = Logger.getLogger(StartLog.class);

  void start(
      @Observes StartupEvent event,
      HubConfig config,
      EventLog log,
      @ConfigProperty(name = "quarkus.http.host") Optional<String> host,
      @ConfigProperty(name = "quarkus.http.port") Optional<Integer> port) {
    LOG.infof(
        "Starting listens=%s:%d history=%s streams=%d streamsPerAddress=%d backlog=%d ringFrames=%d"
            + " ringBytes=%d",
        host.orElse("localhost"),
        port.orElse(0),
        log.status().place(),
        config.limits().streams(),
        config.limits().streamsPerAddress(),
        config.limits().backlog(),
        config.recent().count(),
        config.recent().size().asLongValue());
  }
}
