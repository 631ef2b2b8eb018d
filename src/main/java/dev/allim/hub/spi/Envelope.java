package dev.allim.hub.spi;

import dev.allim.notification.EventContext;
import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a subscriber may be told of a notification by an event that says where it belongs.
 *
 * @param id its id
 * @param topics what it was published under, the canonical one first
 * @param event the name of the event
 * @param data the payload
 * @param key what it replaces
 * @param published when
 * @param expires from when on it is of no use
 * @param context what else it said of itself, if it came as a CloudEvent
 */
public record Envelope(
    EventId id,
    List<Topic> topics,
    Optional<EventName> event,
    String data,
    Optional<Key> key,
    Instant published,
    Optional<Instant> expires,
    Optional<EventContext> context) {
  /** That of a notification that is kept. */
  public static Envelope of(PastNotification stored) {
    Notification notification = stored.notification();
    return new Envelope(
        notification.id(),
        notification.topics(),
        notification.event(),
        notification.data(),
        notification.key(),
        stored.published(),
        notification.expires(),
        notification.context());
  }
}
