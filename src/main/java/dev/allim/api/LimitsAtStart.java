package dev.allim.api;

import dev.allim.hub.Bounds;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Refuses to start with limits under which nothing could be published. */
@Singleton
class LimitsAtStart {
  /** Bodies and batches are held in memory as a whole, in arrays. */
  private static final int MOST = 1 << 30;

  void check(@Observes StartupEvent event, PublishLimits limits) {
    check("body", limits.body().asLongValue(), "bodies are held in memory");
    check("data", limits.data().asLongValue(), "data is held in the ring");
    check("topic", limits.topic(), "a topic has a name");
    check("topics", limits.topics(), "a notification has a topic");
    check("batch", limits.batch(), "a batch is not empty");
    check("event", limits.event(), "an event name is not empty");
  }

  private static void check(String limit, long value, String why) {
    Bounds.check("allim.limits." + limit, value, 1, MOST, why);
  }
}
