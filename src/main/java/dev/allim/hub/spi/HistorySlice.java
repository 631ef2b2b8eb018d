package dev.allim.hub.spi;

import java.util.List;
import java.util.Optional;

/**
 * A stretch of the history, for one who asks rather than listens.
 *
 * @param items what its filter admits, oldest first unless it was read back
 * @param next what the reader names to go on; absent while there is nothing to go on from
 * @param complete whether there was no more when it was read
 * @param gap present if what was asked for is not kept from there on
 */
public record HistorySlice(
    List<PastNotification> items, Optional<String> next, boolean complete, Optional<Missed> gap) {
  /** Copies the items. */
  public HistorySlice {
    items = List.copyOf(items);
  }

  /** The same with nothing to go on to. */
  public HistorySlice withoutNext() {
    return new HistorySlice(items, Optional.empty(), complete, gap);
  }

  /**
   * Something is missing.
   *
   * @param asked what the reader named; absent if that could not be an id
   */
  public record Missed(Optional<String> asked) {}
}
