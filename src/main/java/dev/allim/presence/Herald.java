package dev.allim.presence;

import dev.allim.hub.spi.ActiveSubscription;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Tells of those who come and go in the words of a protocol. Whoever comes is told of at once, with
 * more than one node once all of them know of it; whoever leaves when it has not come back within
 * the grace; and whoever has come back is told of as one who comes, since who looked for it
 * meanwhile has not found it.
 */
public interface Herald {
  /** Whether it has anything to tell at all. */
  boolean isOn();

  /** Whether it tells of this one. On event loops; quick. */
  boolean concerns(ActiveSubscription one);

  /**
   * Tells. Nobody is in both lists. One call at a time; what fails, in either way, is told again.
   *
   * @param joined who came
   * @param left who left, and did not come back in time
   */
  CompletionStage<?> tell(List<ActiveSubscription> joined, List<ActiveSubscription> left);
}
