package dev.allim.ops;

import dev.allim.hub.HubConfig;
import dev.allim.log.EventLog;
import dev.allim.security.AccessRules;
import io.quarkus.runtime.LaunchMode;
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
      AccessRules rules,
      @ConfigProperty(name = "quarkus.http.host") Optional<String> host,
      @ConfigProperty(name = "quarkus.http.port") Optional<Integer> port) {
    if (LaunchMode.current().isProduction()) {
      tellWhoMayPublish(rules);
    }
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

  /** First of all: it decides whether this hub is of use, or of danger. */
  private static void tellWhoMayPublish(AccessRules rules) {
    if (rules.isOpen()) {
      LOG.warn("Whoever reaches the port may publish and delete, as allim.publish.open says");
    } else if (!rules.knowsGrants()) {
      LOG.warn(
          "Publishing is closed, as there is no key; whoever reaches the port may listen to what is"
              + " public. To open it to those who hold a token: ALLIM_AUTH_SECRET=$(openssl rand"
              + " -base64 48), and make tokens by 'allim token'. To open it to everybody, in a"
              + " trusted network: ALLIM_PUBLISH_OPEN=true");
    }
  }
}
