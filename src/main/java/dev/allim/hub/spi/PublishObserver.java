package dev.allim.hub.spi;

/**
 * Hears how one publication fares: {@link #kept}, {@link #answered} and {@link #written} in this
 * order, or {@link #refused} alone. Called on the hub's own threads: an implementation must be
 * quick, must not block and must not throw.
 */
public interface PublishObserver {
  /** Hears nothing. */
  PublishObserver NONE = new PublishObserver() {};

  /** The log has it, and it has its place in the order. */
  default void kept() {}

  /** Its publisher can be told so. */
  default void answered() {}

  /** Every lane has written it to those of its readers that keep up. */
  default void written() {}

  /** Nothing of it will ever be delivered. */
  default void refused() {}
}
