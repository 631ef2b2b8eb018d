package dev.allim.hub.spi;

import dev.allim.notification.Accepted;
import dev.allim.notification.EventId;
import java.util.List;

/**
 * What a publisher is answered; the same publish again is answered with an equal one.
 *
 * @param entries in their order
 */
public record PublishResult(List<Accepted> entries) {
  /** Copies the entries. */
  public PublishResult {
    entries = List.copyOf(entries);
  }

  /** Their ids. */
  public List<EventId> ids() {
    return entries.stream().map(Accepted::id).toList();
  }

  /** Whether any of them is delivered later, or was when it was first published. */
  public boolean later() {
    return entries.stream().anyMatch(entry -> entry.deliverAt().isPresent());
  }
}
