package dev.allim.presence;

import dev.allim.hub.Visits;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;

/** The visits of this program. */
class VisitsOfProgram {
  @Produces
  @Singleton
  Visits visits(PresenceConfig config, Clock clock) {
    return new Visits(config.grace(), clock, System::nanoTime, UUID::randomUUID);
  }
}
