package dev.allim.hub;

import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;

/**
 * How events look on the wire; {@code sse} has the one implementation. Pure: the same input, the
 * same bytes.
 */
public interface FrameEncoder {
  /** Appends one whole event to {@code out}. */
  void encode(Notification notification, ByteBuf out);

  /** About how many bytes {@link #encode} will need. */
  int sizeHint(Notification notification);

  /**
   * Appends what a stream begins with: when to come back, and the id of the place it begins at,
   * absent if its reader has an id already.
   */
  void greeting(Duration retry, Optional<EventId> place, ByteBuf out);

  /** Appends the id of the place that a reader stands at, and no event. */
  void place(EventId place, ByteBuf out);

  /** Appends what keeps a silent stream open and changes nothing for the reader. */
  void heartbeat(ByteBuf out);

  /** Appends the wish that the reader waits this long before it reconnects. */
  void retry(Duration delay, ByteBuf out);

  /** Appends the event that tells a reader what it has missed. */
  void gap(Gap gap, ByteBuf out);
}
