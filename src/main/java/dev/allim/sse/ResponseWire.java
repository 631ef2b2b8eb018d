package dev.allim.sse;

import dev.allim.hub.Wire;

/** A wire that says when it takes bytes again. */
interface ResponseWire extends Wire {
  /** Calls {@code action} on the loop whenever the socket has drained after it was full. */
  void onDrained(Runnable action);
}
