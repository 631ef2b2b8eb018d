package dev.allim.log;

/**
 * What an operator wants to know of the history behind the hub. May be asked by any thread at any
 * time; must not block.
 */
public interface HistoryState {
  /** A history that keeps nothing beyond the ring, and so cannot fail. */
  HistoryState NONE = new HistoryState() {};

  /** About how many notifications are kept: places in the order from the oldest to the newest. */
  default long events() {
    return 0;
  }

  /** Bytes that they take where they are kept. */
  default long bytes() {
    return 0;
  }

  /** Where it is, for the log of the start. */
  default String place() {
    return "memory";
  }
}
