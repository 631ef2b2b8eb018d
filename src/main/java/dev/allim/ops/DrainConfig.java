package dev.allim.ops;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the hub ends when it is told to by SIGTERM or SIGINT. */
@ConfigMapping(prefix = "allim.drain")
public interface DrainConfig {
  /**
   * Over how long streams are ended, and over how long their readers are asked to come back, so
   * that whoever takes over is not stormed; 0 for at once. Kubernetes must grant more than this and
   * the delay together.
   */
  @WithDefault("10s")
  Duration window();

  /**
   * How long to wait between saying that this hub is not ready and ending the first stream: what a
   * load balancer needs to notice. 5s or so in Kubernetes.
   */
  @WithDefault("0s")
  Duration delay();
}
