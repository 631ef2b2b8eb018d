package dev.allim.wire;

import dev.allim.hub.OpenSubscription;
import dev.allim.hub.spi.Wire;

/** A wire that knows whom it serves. On the connection's loop only. */
public interface ResponseWire extends Wire {
  /** Says from now on when the socket has room again, and when the subscriber is gone. */
  void serve(OpenSubscription subscription);
}
