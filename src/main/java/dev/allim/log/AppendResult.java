package dev.allim.log;

import dev.allim.notification.Accepted;
import dev.allim.notification.EventId;
import java.util.List;
import java.util.OptionalInt;

/** What became of one publication of a group. */
public sealed interface AppendResult {
  /**
   * It is kept.
   *
   * @param entries of it, in their order; of one that was repeated, what was answered then
   * @param upTo the position of the last that is delivered now, 0 if none is
   */
  record Appended(List<Accepted> entries, long upTo) implements AppendResult {
    /** Copies the entries. */
    public Appended {
      entries = List.copyOf(entries);
    }
  }

  /**
   * It was appended before, under the same key; nothing of it was now.
   *
   * @param entries as they were answered then
   */
  record Repeated(List<Accepted> entries) implements AppendResult {
    /** Copies the entries. */
    public Repeated {
      entries = List.copyOf(entries);
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
