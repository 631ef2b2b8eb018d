package dev.allim.hub;

import dev.allim.notification.Notification;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * How events look on the wire; {@code sse} has the one implementation. Pure: the same input, the
 * same bytes.
 */
public interface FrameEncoder {
  /** Appends one whole event to {@code out}. */
  void encode(Notification notification, ByteBuf out);

  /** About how many bytes {@link #encode} will need. */
  int sizeHint(Notification notification);

  /** Appends what keeps a silent stream open and changes nothing for the reader. */
  void heartbeat(ByteBuf out);

  /** Appends the wish that the reader waits this long before it reconnects. */
  void retry(Duration delay, ByteBuf out);

  /** Appends the event that tells a reader what it has missed. */
  void gap(Gap gap, ByteBuf out);
}
