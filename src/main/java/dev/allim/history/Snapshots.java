package dev.allim.history;

import dev.allim.notification.Interest;

/** What an engine can that knows the newest of each canonical topic and key. */
public interface Snapshots {
  /** The current state of what is asked for as of {@code upTo}. */
  State state(Interest interest, long upTo);
}
