package dev.allim.presence;

import dev.allim.hub.spi.ActiveSubscription;
import java.util.List;

/**
 * Who came and who left, to be told together; nobody is in both.
 *
 * @param joined who came
 * @param left who left, and did not come back in time
 */
record Batch(List<ActiveSubscription> joined, List<ActiveSubscription> left) {
  boolean isEmpty() {
    return joined.isEmpty() && left.isEmpty();
  }
}
