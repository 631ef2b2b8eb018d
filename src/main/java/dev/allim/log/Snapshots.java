package dev.allim.log;

import dev.allim.topic.TopicFilter;
import java.util.List;

/** What an engine can that knows the newest of each canonical topic and key. */
public interface Snapshots {
  /**
   * The current state of what is asked for, as of a moment that the engine chooses: now, or a
   * little earlier. The last of its pages says which, by {@link Page#upTo}.
   */
  Snapshot state(TopicFilter filter);

  /**
   * Those of {@code items} that belong to the current state, as nothing that is kept and asked for
   * replaces them.
   */
  List<LogRecord> retainCurrent(TopicFilter filter, List<LogRecord> items);
}
