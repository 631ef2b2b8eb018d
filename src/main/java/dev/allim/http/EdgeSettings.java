package dev.allim.http;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Looks at what Quarkus was told of the edge, where it would do whatever it is told. */
@Singleton
class EdgeSettings {
  private static final Logger LOG = Logger.getLogger(EdgeSettings.class);
  private static final String ORIGINS = "quarkus.http.cors.origins";
  private static final String CREDENTIALS = "quarkus.http.cors.access-control-allow-credentials";
  private static final String FORWARDING = "quarkus.http.proxy.proxy-address-forwarding";
  private static final String TRUSTED = "quarkus.http.proxy.trusted-proxies";
  private static final List<String> ANY = List.of("*", "/.*/", "/.+/");

  /** Before jobs have their first turn: none is to meet a program that ends. */
  private static final int BEFORE_JOBS = -1;

  /**
   * Looks, before the port opens.
   *
   * @throws IllegalArgumentException if two settings together let everybody in; names them
   */
  void atStart(
      @Observes @Priority(BEFORE_JOBS) StartupEvent event,
      @ConfigProperty(name = ORIGINS) Optional<List<String>> origins,
      @ConfigProperty(name = CREDENTIALS) Optional<Boolean> credentials,
      @ConfigProperty(name = FORWARDING, defaultValue = "false") boolean forwarding,
      @ConfigProperty(name = TRUSTED) Optional<List<String>> trusted) {
    if (credentials.orElse(false) && origins.orElse(List.of()).stream().anyMatch(ANY::contains)) {
      throw new IllegalArgumentException(
          "%s is true while %s is any: every page anywhere could act as whoever looks at it; name the origins"
              .formatted(CREDENTIALS, ORIGINS));
    }
    if (forwarding && trusted.isEmpty()) {
      LOG.warnf(
          "%s is true without %s: every client can give itself the address that it likes",
          FORWARDING, TRUSTED);
    }
  }
}
