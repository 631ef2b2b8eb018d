package dev.allim.hub.ring;

import dev.allim.hub.spi.Frame;
import dev.allim.log.MatchingBudget;
import dev.allim.notification.EventId;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Consecutive notifications for one subscriber or one group, few enough to be written as one frame.
 *
 * @param frames borrowed, valid for as long as their owner keeps them
 * @param position the place of the last, and of those behind it that the subscriber does not ask
 *     for
 * @param firstId the id of the first, absent in an empty block
 * @param lastId the id of the last, absent in an empty block
 * @param bytes what their events take
 */
public record Block(
    List<Frame> frames,
    long position,
    Optional<EventId> firstId,
    Optional<EventId> lastId,
    int bytes) {
  /** Collects a block. */
  private static final class Builder {
    private final List<Frame> frames = new ArrayList<>();
    private Optional<EventId> firstId = Optional.empty();
    private Optional<EventId> lastId = Optional.empty();
    private long position;
    private int bytes;

    Builder(long position) {
      this.position = position;
    }

    boolean fits(PublishedFrame next, int most) {
      return frames.isEmpty() || bytes + next.frame().size() <= most;
    }

    void add(PublishedFrame next) {
      frames.add(next.frame());
      bytes += next.frame().size();
      lastId = Optional.of(next.id());
      firstId = firstId.isPresent() ? firstId : lastId;
      position = next.position();
    }

    Block build() {
      return new Block(frames, position, firstId, lastId, bytes);
    }
  }

  /** As many of {@code all} from {@code from} on as fit into {@code most} bytes, at least one. */
  public static Block of(List<PublishedFrame> all, int from, int most) {
    Builder block = new Builder(0);
    for (int i = from; i < all.size() && block.fits(all.get(i), most); i++) {
      block.add(all.get(i));
    }
    return block.build();
  }

  /**
   * What {@code wanted} takes of the ring after {@code position}, as fits into {@code most} bytes
   * and can be found out within the budget, in the dialect that {@code dialect} puts it into.
   */
  public static Block after(
      long position,
      RecentFrames recent,
      Predicate<PublishedFrame> wanted,
      UnaryOperator<PublishedFrame> dialect,
      int most,
      MatchingBudget matching) {
    Builder block = new Builder(position);
    for (int i = recent.indexAfter(position); i < recent.size() && !matching.isSpent(); i++) {
      PublishedFrame next = recent.get(i);
      if (wanted.test(next)) {
        next = dialect.apply(next);
        if (!block.fits(next, most)) {
          break;
        }
        block.add(next);
      }
      block.position = next.position();
    }
    return block.build();
  }

  public int count() {
    return frames.size();
  }

  /** All of it as one frame, of which the caller owns a reference. */
  public Frame frame(ByteBufAllocator allocator) {
    return frames.size() == 1 && frames.get(0).isDirect()
        ? frames.get(0).retain()
        : Frame.join(allocator, frames);
  }
}
