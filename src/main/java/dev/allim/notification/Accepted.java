package dev.allim.notification;

import java.time.Instant;
import java.util.Optional;

/**
 * What the publisher of a notification is told of it, the first time and each time again.
 *
 * @param id by which subscribers know it
 * @param deliverAt when it is delivered; absent if that is at once
 */
public record Accepted(EventId id, Optional<Instant> deliverAt) {
  /** One that is delivered at once. */
  public static Accepted now(EventId id) {
    return new Accepted(id, Optional.empty());
  }
}
