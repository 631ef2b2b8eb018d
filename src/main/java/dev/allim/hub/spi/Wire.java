package dev.allim.hub.spi;

/**
 * Where a subscription's frames go: one response on one connection. Used on the lane's loop only.
 * None of the methods blocks or throws for a connection that is gone; what is written to it is
 * dropped.
 */
public interface Wire {
  /**
   * Hands a frame's bytes to the socket, behind what was sent before. Takes its own reference to
   * them if the socket does not take all at once.
   *
   * @return whether the socket keeps up, as {@link #writable} says
   */
  boolean send(Frame frame);

  /**
   * Whether the socket keeps up: false once more is queued than the connection's high-water mark.
   */
  boolean writable();

  /** Bytes queued and not yet taken by the socket; 0 when all is written. */
  long pending();

  /**
   * Bytes that the socket has taken since the stream began; it grows while the subscriber reads.
   */
  long drained();

  /**
   * Ends the response after all that is queued, and the connection with it where the protocol has
   * one per response.
   */
  void end();

  /** Drops what is queued and breaks the connection. */
  void abort();
}
