package dev.allim.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is told of those who listen. */
@ConfigMapping(prefix = "allim.presence")
public interface PresenceConfig {
  /**
   * How soon a client that has left has to come back, to the same topics, to have been there all
   * the while: longer than browsers wait before they reconnect. 0 for never.
   */
  @WithDefault("10s")
  Duration grace();

  /**
   * Whether it is published on topic {@code $hub/subscriptions} who comes and goes: each time costs
   * a place in the history. {@code GET /subscriptions} tells who is there in any case.
   */
  @WithDefault("false")
  boolean announce();
}
