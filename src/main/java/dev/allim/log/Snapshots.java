package dev.allim.log;

import dev.allim.topic.TopicFilter;

/** What an engine can that knows the newest of each canonical topic and key. */
public interface Snapshots {
  /** The current state of what is asked for as of {@code upTo}. */
  Snapshot state(TopicFilter interest, long upTo);
}
