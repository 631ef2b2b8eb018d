package dev.allim.hub;

/** What happens to a reader that the ring of recent frames has moved past. */
public enum SlowReaderPolicy {
  /** End its stream; it reconnects and resumes by its last id. */
  DISCONNECT,
  /**
   * Tell it by a {@code gap} event what it misses, and go on with the oldest that is still here.
   */
  SKIP
}
