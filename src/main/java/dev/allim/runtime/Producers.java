package dev.allim.runtime;

import dev.allim.notification.TimeOrderedIds;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** What the door needs from the JDK. */
class Producers {
  @Produces
  @Singleton
  TimeOrderedIds ids(Clock clock) {
    return new TimeOrderedIds(clock, new SecureRandom());
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
