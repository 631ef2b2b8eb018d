package dev.allim.ops;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What the hub publishes of itself. */
@ConfigMapping(prefix = "allim.figures")
public interface FiguresConfig {
  /**
   * Whether the hub publishes figures of itself on topic {@code $hub/figures}, of which the page's
   * overview lives, while somebody listens there; all the while where nodes share a history. By
   * default in development and test, and where there is a key: they are private then, for tokens
   * that grant {@code subscribe} for this topic by its name. Without a key anybody may listen.
   */
  Optional<Boolean> enabled();

  /** The time between two of them. */
  @WithDefault("2s")
  Duration every();
}
