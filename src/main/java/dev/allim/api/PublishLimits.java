package dev.allim.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * What one request may ask of the hub: each limit protects the memory and the time of everybody
 * else.
 */
@ConfigMapping(prefix = "allim.limits")
public interface PublishLimits {
  /** Bytes of a request body: it is held in memory as a whole. */
  @WithDefault("1M")
  MemorySize body();

  /** Bytes of one notification's data as UTF-8: it is held in the ring and sent to every reader. */
  @WithDefault("256K")
  MemorySize data();

  /** Characters of a topic: it is compared with what readers ask for. */
  @WithDefault("1024")
  int topic();

  /** Topics of one notification, and topics one reader may ask for: each is looked up. */
  @WithDefault("100")
  int topics();

  /** Notifications in one request: they are committed together. */
  @WithDefault("1000")
  int batch();

  /** Characters of an event name. */
  @WithDefault("256")
  int event();
}
