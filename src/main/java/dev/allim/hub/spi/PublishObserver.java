package dev.allim.hub.spi;

/**
 * Hears how one publication fares: {@link #onKept}, {@link #onAnswered} and {@link #onWritten} in
 * this order, or {@link #onRefused} alone. Called on the hub's own threads: an implementation must
 * be quick, must not block and must not throw.
 */
public interface PublishObserver {
  /** Hears nothing. */
  PublishObserver NONE = new PublishObserver() {};

  /** The log has it, and it has its place in the order. */
  default void onKept() {}

  /** Its publisher can be told so. */
  default void onAnswered() {}

  /** Every lane has written it to those of its subscribers that keep up. */
  default void onWritten() {}

  /** Nothing of it will ever be delivered. */
  default void onRefused() {}
}
