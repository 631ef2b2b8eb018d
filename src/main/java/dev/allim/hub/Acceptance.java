package dev.allim.hub;

import dev.allim.notification.EventId;
import java.util.List;

/**
 * What a publisher is answered; the same publish again is answered with an equal one.
 *
 * @param ids of the entries, in their order
 * @param later whether any of them was to be delivered later when it was first published
 */
public record Acceptance(List<EventId> ids, boolean later) {
  /** Copies the ids. */
  public Acceptance {
    ids = List.copyOf(ids);
  }

  static Acceptance of(List<EventId> ids) {
    return new Acceptance(ids, false);
  }
}
