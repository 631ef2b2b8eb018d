package dev.allim.hub.spi;

import dev.allim.notification.EventContext;
import dev.allim.notification.EventId;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How events look on the wire; {@code sse} has the one implementation. Pure: the same input, the
 * same bytes.
 */
public interface FrameEncoder {
  /** Appends one whole event to {@code out}. */
  void encode(Notification notification, ByteBuf out);

  /**
   * Appends the same event in another dialect.
   *
   * @param event as {@link #encode} wrote it
   * @param about what its bytes do not say
   */
  void encode(Dialect dialect, String event, About about, ByteBuf out);

  /**
   * What is known of an event besides its bytes.
   *
   * @param id its id
   * @param topics what it was published under, the canonical one first
   * @param key what it replaces
   * @param published when
   * @param expires from when on it is of no use
   * @param context what else it said of itself, if it came as a CloudEvent
   */
  record About(
      EventId id,
      List<Topic> topics,
      Optional<Key> key,
      Instant published,
      Optional<Instant> expires,
      Optional<EventContext> context) {}

  /** About how many bytes {@link #encode} will need. */
  int sizeHint(Notification notification);

  /**
   * Appends what a stream begins with: when to come back, and the id of the place it begins at,
   * absent if its subscriber has an id already.
   */
  void greeting(Duration retry, Optional<EventId> place, ByteBuf out);

  /** Appends the id of the place that a subscriber stands at, and no event. */
  void place(EventId place, ByteBuf out);

  /** Appends what keeps a silent stream open and changes nothing for the subscriber. */
  void heartbeat(ByteBuf out);

  /** Appends the wish that the subscriber waits this long before it reconnects. */
  void retry(Duration delay, ByteBuf out);

  /** Appends the event that asks a subscriber for another grant, as its own ends soon. */
  void reauthenticate(ByteBuf out);

  /** Appends the event that tells a subscriber what it has missed. */
  void gap(Gap gap, ByteBuf out);
}
