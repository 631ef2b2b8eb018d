package dev.allim.log;

import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One publication, as a log is given it: all of it is appended or nothing, whatever becomes of the
 * others of its group.
 *
 * @param entries at least one, appended in this order with nothing of others in between
 * @param idempotency makes the whole of it idempotent
 */
public record AppendRequest(List<Entry> entries, Optional<Idempotency> idempotency) {
  /** Copies the entries. */
  public AppendRequest {
    entries = List.copyOf(entries);
  }

  /** To be delivered now, each time it is appended; the ids are the publisher's. */
  public static AppendRequest of(List<Notification> notifications) {
    return new AppendRequest(notifications.stream().map(Entry::of).toList(), Optional.empty());
  }

  /**
   * One notification and what is wanted of it.
   *
   * @param notification what is delivered
   * @param idIsGiven whether a publisher chose the id, so that it may be taken; one that was made
   *     to be unique is not looked up before it is written
   * @param deliverAt when it is delivered, absent for now
   * @param idempotency makes this entry idempotent
   */
  public record Entry(
      Notification notification,
      boolean idIsGiven,
      Optional<Instant> deliverAt,
      Optional<Idempotency> idempotency) {
    /** To be delivered now, with the publisher's id. */
    public static Entry of(Notification notification) {
      return new Entry(notification, true, Optional.empty(), Optional.empty());
    }

    /** To be delivered at {@code instant}, with the publisher's id. */
    public static Entry of(Notification notification, Instant instant) {
      return new Entry(notification, true, Optional.of(instant), Optional.empty());
    }

    public EventId id() {
      return notification.id();
    }
  }

  /**
   * The same key within a day is the same publish: it is answered alike and appended once.
   *
   * @param key the publisher's
   * @param fingerprint of all that was sent with it; another one under the same key is refused
   */
  public record Idempotency(IdempotencyKey key, String fingerprint) {}
}
