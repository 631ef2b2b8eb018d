package dev.allim.hub.spi;

import dev.allim.hub.TestHub;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.log.LogRecord;
import dev.allim.notification.Notification;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Frames and places in the order, for tests of parts of a lane. */
public final class FrameTexts {
  private FrameTexts() {}

  /** A frame with these bytes in it. */
  public static Frame frame(String events) {
    return frame(UnpooledByteBufAllocator.DEFAULT, events);
  }

  public static Frame frame(ByteBufAllocator allocator, String events) {
    byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
    return Frame.encode(allocator, bytes.length, out -> out.writeBytes(bytes));
  }

  /** A notification at a place, whose id is the place; its frame has ten bytes. */
  public static PublishedFrame at(long position, String... topics) {
    return at(UnpooledByteBufAllocator.DEFAULT, position, topics);
  }

  public static PublishedFrame at(ByteBufAllocator allocator, long position, String... topics) {
    Notification notification = TestHub.notification((int) position, "12", topics);
    return PublishedFrame.of(
        new LogRecord(position, Instant.EPOCH, notification), frame(allocator, "data: 12\n\n"));
  }
}
