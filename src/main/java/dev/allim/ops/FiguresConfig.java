package dev.allim.ops;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the hub publishes of itself. */
@ConfigMapping(prefix = "allim.figures")
public interface FiguresConfig {
  /**
   * Whether the hub publishes figures of itself on topic {@code $hub/figures}, of which the page's
   * overview lives: on in development and test, off in production, where anybody may listen whom
   * nothing keeps away.
   */
  @WithDefault("false")
  boolean enabled();

  /** The time between two of them. */
  @WithDefault("2s")
  Duration every();
}
