package dev.allim.hub.settings;

/** What happens to a subscriber that cannot keep up with its socket. */
public enum SlowReaderPolicy {
  /**
   * It reads on from the ring and the history; if both have moved past it, its stream ends and it
   * resumes by its id.
   */
  DISCONNECT,
  /**
   * The same, but if both have moved past it, a {@code gap} event says so and it goes on with the
   * oldest kept.
   */
  SKIP,
  /** Like {@link #SKIP}; and of what has a key, only the newest is delivered when it catches up. */
  CONFLATE
}
