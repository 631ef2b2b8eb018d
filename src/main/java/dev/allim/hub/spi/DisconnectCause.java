package dev.allim.hub.spi;

/**
 * Why a stream ended. Every stream ends with exactly one of these, in the log and in the counters.
 */
public enum DisconnectCause {
  /** The subscriber closed its connection, or the network did. */
  CLIENT_LEFT(false),
  /**
   * The subscriber was slower than the ring of recent frames is long, and the policy is to
   * disconnect.
   */
  LAGGED(true),
  /** The socket took nothing for the whole write timeout. */
  WRITE_STALLED(true),
  /** The stream reached its maximum age; the subscriber reconnects. */
  MAX_AGE(false),
  /** There was no place for another stream. */
  OVER_LIMIT(true),
  /** The hub is shutting down. */
  DRAINING(false),
  /** The grant behind the stream ran out. */
  TOKEN_EXPIRED(false),
  /** The grant behind the stream was taken back. */
  TOKEN_REVOKED(false),
  /** Another stream by the same ticket took over, mostly that of the same page come back. */
  TAKEN_OVER(false),
  /** A fault of the hub's own. */
  ERROR(true);

  private final boolean noteworthy;

  DisconnectCause(boolean noteworthy) {
    this.noteworthy = noteworthy;
  }

  /** Whether an operator wants to read of it: not the ordinary coming and going. */
  public boolean noteworthy() {
    return noteworthy;
  }
}
