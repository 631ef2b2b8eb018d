package dev.allim.hub.spi;

import dev.allim.log.IdempotencyKey;
import dev.allim.notification.EventContext;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.notification.TraceParent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one publisher hands in: it is accepted or refused as a whole.
 *
 * @param entries at least one, delivered in this order with nothing of others in between
 * @param idempotency makes the whole of it idempotent
 */
public record Publication(List<Entry> entries, Optional<Idempotency> idempotency) {
  /** Copies the entries. */
  public Publication {
    entries = List.copyOf(entries);
  }

  /** To be delivered now, each time it is published. */
  public static Publication of(List<Notification> notifications) {
    return new Publication(notifications.stream().map(Entry::of).toList(), Optional.empty());
  }

  /**
   * The same by somebody: its idempotency keys have nothing to do with those of others.
   *
   * @param publisher one line
   */
  public Publication by(String publisher) {
    return new Publication(
        entries.stream().map(entry -> entry.by(publisher)).toList(),
        idempotency.map(once -> once.by(publisher)));
  }

  /**
   * One notification and what is wanted of its publishing.
   *
   * @param notification what is delivered
   * @param idIsGiven whether the publisher chose the id, so that it may be taken already
   * @param deliverAt when it is delivered, absent for now
   * @param idempotency makes this entry idempotent
   */
  public record Entry(
      Notification notification,
      boolean idIsGiven,
      Optional<Instant> deliverAt,
      Optional<Idempotency> idempotency) {
    /** To be delivered now. */
    public static Entry of(Notification notification) {
      return new Entry(notification, false, Optional.empty(), Optional.empty());
    }

    /** The same, published from there in a trace. */
    public Entry tracedBy(TraceParent parent) {
      return new Entry(notification.tracedBy(parent), idIsGiven, deliverAt, idempotency);
    }

    /** The same, which said this of itself. */
    public Entry inContext(EventContext said) {
      return new Entry(notification.inContext(said), idIsGiven, deliverAt, idempotency);
    }

    private Entry by(String publisher) {
      return idempotency.isEmpty()
          ? this
          : new Entry(
              notification, idIsGiven, deliverAt, idempotency.map(once -> once.by(publisher)));
    }

    /** The same, of no use from {@code instant} on. */
    public Entry expiring(Instant instant) {
      return new Entry(notification.expiring(instant), idIsGiven, deliverAt, idempotency);
    }

    public EventId id() {
      return notification.id();
    }
  }

  /**
   * The same key within a day is the same publish: it is answered alike and delivered once.
   *
   * @param key the publisher's; another publisher's is another
   * @param fingerprint of all that was sent with it; another one under the same key is refused
   */
  public record Idempotency(IdempotencyKey key, String fingerprint) {
    private Idempotency by(String publisher) {
      return new Idempotency(new IdempotencyKey(publisher, key.key()), fingerprint);
    }
  }
}
