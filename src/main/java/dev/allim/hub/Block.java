package dev.allim.hub;

import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Consecutive notifications for one reader or one cohort, few enough to be written as one frame.
 *
 * @param frames borrowed from the ring, valid for as long as the loop does not return to it
 * @param position the place of the last, and of those behind it that the reader does not ask for
 * @param last the id of the last, absent in an empty block
 * @param bytes what their events take
 */
record Block(List<Frame> frames, long position, Optional<EventId> last, int bytes) {
  /**
   * As many of {@code pending} from {@code from} on as fit into {@code most} bytes, at least one.
   */
  static Block of(List<Published> pending, int from, int most) {
    List<Frame> frames = new ArrayList<>(pending.size() - from);
    Published last = pending.get(from);
    int bytes = 0;
    for (int i = from;
        i < pending.size() && (i == from || fits(pending.get(i), bytes, most));
        i++) {
      Published next = pending.get(i);
      frames.add(next.frame());
      bytes += next.frame().size();
      last = next;
    }
    return new Block(frames, last.position(), Optional.of(last.id()), bytes);
  }

  /**
   * What {@code interest} admits of the ring after {@code position}, as much as fits into {@code
   * most} bytes.
   */
  static Block after(long position, RecentFrames recent, Interest interest, int most) {
    List<Frame> frames = new ArrayList<>();
    long upTo = position;
    Optional<EventId> last = Optional.empty();
    int bytes = 0;
    for (int i = recent.indexAfter(position); i < recent.size(); i++) {
      Published next = recent.get(i);
      if (interest.admits(next.topics())) {
        if (!frames.isEmpty() && !fits(next, bytes, most)) {
          break;
        }
        frames.add(next.frame());
        bytes += next.frame().size();
        last = Optional.of(next.id());
      }
      upTo = next.position();
    }
    return new Block(frames, upTo, last, bytes);
  }

  private static boolean fits(Published next, int bytes, int most) {
    return bytes + next.frame().size() <= most;
  }

  int count() {
    return frames.size();
  }

  /** All of it as one frame, of which the caller owns a reference. */
  Frame frame(ByteBufAllocator allocator) {
    return frames.size() == 1 ? frames.get(0).retain() : Frame.join(allocator, frames);
  }
}
