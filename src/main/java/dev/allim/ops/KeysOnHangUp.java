package dev.allim.ops;

import dev.allim.security.TokenVerifier;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** SIGHUP has all keys read anew, as daemons read their configuration. */
@Singleton
public class KeysOnHangUp {
  private final TokenVerifier verifier;

  KeysOnHangUp(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /** Where the process is not ours, its signals are not either. */
  void start(@Observes StartupEvent event) {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      Signals.on("HUP", verifier::reload);
    }
  }
}
