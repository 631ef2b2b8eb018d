package dev.allim.presence;

import dev.allim.hub.ActiveSubscriptions.Wanted;

/** Of whom somebody wants to know, here and at other nodes. */
public interface Wish extends Wanted {
  /** Whether this one is wanted, which another node has told of. */
  boolean takes(Listed one);
}
