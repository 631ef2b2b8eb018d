package dev.allim.demo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The demonstration feed. */
@ConfigMapping(prefix = "allim.demo")
public interface DemoConfig {
  /** Whether the feed publishes: on in development and test, off in production. */
  @WithDefault("false")
  boolean enabled();

  /** Whether the jobs of the page's examples publish, too, where the feed does. */
  @WithDefault("true")
  boolean examples();

  /** The time between two rounds of the feed. */
  @WithDefault("3s")
  Duration every();
}
