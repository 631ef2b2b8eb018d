package dev.allim.hub;

import dev.allim.history.Stored;
import dev.allim.notification.Notification;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Frames and places in the order, for tests of parts of a lane. */
final class FrameTexts {
  private FrameTexts() {}

  /** A frame with these bytes in it. */
  static Frame frame(String events) {
    return frame(UnpooledByteBufAllocator.DEFAULT, events);
  }

  static Frame frame(ByteBufAllocator allocator, String events) {
    byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
    return Frame.encode(allocator, bytes.length, out -> out.writeBytes(bytes));
  }

  /** A notification at a place, whose id is the place; its frame has ten bytes. */
  static Published at(long position, String... topics) {
    return at(UnpooledByteBufAllocator.DEFAULT, position, topics);
  }

  static Published at(ByteBufAllocator allocator, long position, String... topics) {
    Notification notification = TestHub.notification((int) position, "12", topics);
    return Published.of(
        new Stored(position, Instant.EPOCH, notification), frame(allocator, "data: 12\n\n"));
  }
}
