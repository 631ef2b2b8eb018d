package dev.allim.hub.spi;

/**
 * Hears what the hub does, to count it. Called on the hub's own threads, often on an event loop: an
 * implementation must be quick, must not block and must not throw.
 */
public interface HubListener {
  /** Hears nothing. */
  HubListener NONE = new HubListener() {};

  /**
   * A publication came in, of this many notifications; what is returned hears how it fares. Called
   * on the publisher's thread.
   */
  default PublishObserver publishing(int notifications) {
    return PublishObserver.NONE;
  }

  /** A stream was opened. */
  default void opened() {}

  /** A stream that was opened has ended. */
  default void closed(DisconnectCause cause) {}

  /** A stream was turned away before it was opened. */
  default void refused(DisconnectCause cause) {}

  /** This many notifications got their place in the order. */
  default void published(int notifications) {}

  /** Frames went to this many live subscriptions, with this many events and bytes in all. */
  default void delivered(int events, long bytes) {}

  /** A subscription fell behind its socket. */
  default void lagging() {}

  /** A subscriber resumes or asks for what was before. */
  default void replay() {}

  /** A subscriber was told that it missed something. */
  default void gap() {}

  /** A lane met a fault of its own while it routed, wrote or looked after its streams. */
  default void laneFaulted() {}

  /** Heartbeats were sent to this many silent streams. */
  default void heartbeats(int streams) {}
}
