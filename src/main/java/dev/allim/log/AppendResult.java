package dev.allim.log;

import dev.allim.notification.EventId;
import java.util.List;
import java.util.OptionalInt;

/** What became of one publication of a group. */
public sealed interface AppendResult {
  /**
   * It is kept.
   *
   * @param ids of its entries, in their order; that of an entry that was repeated is the earlier
   *     one
   * @param later whether any of them was to be delivered later when it was first appended
   * @param upTo the position of the last that is delivered now, 0 if none is
   */
  record Appended(List<EventId> ids, boolean later, long upTo) implements AppendResult {
    /** Copies the ids. */
    public Appended {
      ids = List.copyOf(ids);
    }
  }

  /**
   * It was appended before, under the same key; nothing of it was now.
   *
   * @param ids as they were answered then
   * @param later as it was answered then
   */
  record Repeated(List<EventId> ids, boolean later) implements AppendResult {
    /** Copies the ids. */
    public Repeated {
      ids = List.copyOf(ids);
    }
  }

  /**
   * Nothing of it was appended: an id is another notification's, which is kept or waits.
   *
   * @param index the entry at fault, from 0
   * @param id the id
   */
  record IdTaken(int index, EventId id) implements AppendResult {}

  /**
   * Nothing of it was appended: a key was used for something else, or twice in it.
   *
   * @param index the entry at fault, from 0; absent if it is the publication as a whole
   * @param key the key
   * @param twice whether it was used twice in this publication
   */
  record KeyReused(OptionalInt index, IdempotencyKey key, boolean twice) implements AppendResult {}

  /**
   * Nothing of it was appended: there is no room for it beside the history.
   *
   * @param what would have exceeded its budget
   * @param limit that budget, in bytes
   */
  record NoRoom(Budget what, long limit) implements AppendResult {}

  /** What has a budget beside the history. */
  enum Budget {
    /** Notifications that wait for their time. */
    DELAYED,
    /** Idempotency keys, and what was answered to them. */
    KEYS
  }
}
