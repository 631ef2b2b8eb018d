package dev.allim.http;

import dev.allim.hub.settings.Bounds;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * What one request may ask of the hub: each limit protects the memory and the time of everybody
 * else.
 */
@ConfigMapping(prefix = "allim.limits")
public interface PublishLimits {
  /** Bytes of a request body: it is held in memory as a whole. */
  @WithDefault("1M")
  MemorySize body();

  /**
   * Bytes of all request bodies that are in memory together, each counted twice, in pieces and as a
   * whole; when they are used up, those that hold the most for the longest are answered 503; small
   * bodies have a quarter beside it. By default an eighth of the heap.
   */
  Optional<MemorySize> bodies();

  /** How long a request body may take to come: who stops short of its end holds what it sent. */
  @WithDefault("30s")
  Duration bodyTime();

  /**
   * Bytes a second of a request body, over any five seconds: a slower one is given up. 0 for no
   * limit.
   */
  @WithDefault("100")
  MemorySize bodyRate();

  /** Characters of a topic: it is compared with what readers ask for. */
  @WithDefault("1024")
  int topic();

  /** Topics of one notification, and topics one reader may ask for: each is looked up. */
  @WithDefault("100")
  int topics();

  /**
   * Characters of all topics in one request, the same topic counted once: each is compared with
   * what all readers ask for.
   */
  @WithDefault("65536")
  int topicCharacters();

  /** Variables in all that one reader asks for: every topic is compared with each. */
  @WithDefault("100")
  int variables();

  /** Notifications in one request: they are committed together. */
  @WithDefault("1000")
  int batch();

  /** Characters of an event name. */
  @WithDefault("256")
  int event();

  /** What {@link #bodies} says, or the default of this machine. */
  default long bytesOfBodies() {
    return bodies().map(MemorySize::asLongValue).orElse(Runtime.getRuntime().maxMemory() / 8);
  }

  /** Refuses to start with limits under which nothing could be published. */
  @Singleton
  class Check {
    /** Bodies and batches are held in memory as a whole, in arrays. */
    private static final int MOST = 1 << 30;

    void atStart(@Observes StartupEvent event, PublishLimits limits) {
      check("body", limits.body().asLongValue(), "bodies are held in memory");
      Bounds.check(
          "allim.limits.bodies", limits.bytesOfBodies(), 1, Long.MAX_VALUE, "they are in memory");
      check("body-time", limits.bodyTime().toMillis(), "a body takes time to come");
      Bounds.check(
          "allim.limits.body-rate", limits.bodyRate().asLongValue(), 0, MOST, "0 is no limit");
      check("topic", limits.topic(), "a topic has a name");
      check("topics", limits.topics(), "a notification has a topic");
      check("topic-characters", limits.topicCharacters(), "a topic has a name");
      check("variables", limits.variables(), "a template has a variable");
      check("batch", limits.batch(), "a batch is not empty");
      check("event", limits.event(), "an event name is not empty");
    }

    private static void check(String limit, long value, String why) {
      Bounds.check("allim.limits." + limit, value, 1, MOST, why);
    }
  }
}
