package dev.allim.hub.spi;

import dev.allim.notification.EventId;
import java.util.List;

/**
 * What a publisher is answered; the same publish again is answered with an equal one.
 *
 * @param ids of the entries, in their order
 * @param later whether any of them was to be delivered later when it was first published
 */
public record PublishResult(List<EventId> ids, boolean later) {
  /** Copies the ids. */
  public PublishResult {
    ids = List.copyOf(ids);
  }

  static PublishResult of(List<EventId> ids) {
    return new PublishResult(ids, false);
  }
}
