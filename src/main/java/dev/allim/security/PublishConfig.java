package dev.allim.security;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may publish without a token. */
@ConfigMapping(prefix = "allim.publish")
public interface PublishConfig {
  /**
   * Whether anybody who reaches the hub may publish, take back and delete, without a token: for a
   * trusted network. By default only in development and test, as long as no key is configured; in
   * production publishing is closed until there is a key, or this says otherwise.
   */
  Optional<Boolean> open();
}
