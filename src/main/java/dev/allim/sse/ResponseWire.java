package dev.allim.sse;

import dev.allim.hub.OpenSubscription;
import dev.allim.hub.Wire;

/** A wire that knows whom it serves. On the connection's loop only. */
interface ResponseWire extends Wire {
  /** Says from now on when the socket has room again, and when the reader is gone. */
  void serve(OpenSubscription subscription);
}
