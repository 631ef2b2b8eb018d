package dev.allim.hub.lane;

import dev.allim.hub.ring.PublishedFrame;
import dev.allim.log.Snapshot;
import java.util.List;
import java.util.Optional;

/** What the log says to a subscriber. */
sealed interface LogAnswer {
  /**
   * What comes next for it.
   *
   * @param items to be written in this order
   * @param upTo where it stands then
   * @param truncatedUpTo up to where something that it asks for is gone
   * @param state that it begins with, as long as there is more of it behind {@code upTo}
   */
  record Next(List<PublishedFrame> items, long upTo, long truncatedUpTo, Optional<Snapshot> state)
      implements LogAnswer {
    static Next of(List<PublishedFrame> items, long upTo, long truncatedUpTo) {
      return new Next(items, upTo, truncatedUpTo, Optional.empty());
    }

    void release() {
      items.forEach(item -> item.frame().release());
    }
  }

  /**
   * There is no notification with the id that the subscriber named.
   *
   * @param resumeAt where it goes on instead
   * @param truncatedUpTo up to where something that it asks for is gone
   */
  record UnknownId(long resumeAt, long truncatedUpTo) implements LogAnswer {}

  /** The log cannot be read now; it is worth asking again. */
  record Unavailable() implements LogAnswer {}

  /**
   * Reading met a fault, which may be met again.
   *
   * @param fault what went wrong
   */
  record Failed(Throwable fault) implements LogAnswer {}
}
