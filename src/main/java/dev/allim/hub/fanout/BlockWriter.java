package dev.allim.hub.fanout;

import dev.allim.hub.ring.Block;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.Gap;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.notification.EventId;
import java.util.List;
import java.util.Optional;

/**
 * Writes what one subscriber gets that is behind, and before it the gap that it has to be told of.
 * Places move before their bytes are written, so that nothing that a write sets off finds an old
 * one. Loop only.
 */
public final class BlockWriter {
  private static final int GAP_BYTES = 256;

  private final HubEnvironment environment;

  public BlockWriter(HubEnvironment environment) {
    this.environment = environment;
  }

  /** Writes all of it in blocks; the frames stay the caller's. */
  public void writeAll(Subscription subscription, List<PublishedFrame> items) {
    for (int from = 0; from < items.size(); ) {
      Block block = Block.of(items, from, FanOutScan.JOINED_BYTES);
      subscription.advanceTo(block.position(), block.lastId().orElseThrow());
      write(subscription, block);
      from += block.count();
    }
  }

  public void write(Subscription subscription, Block block) {
    tellGap(subscription, block.firstId());
    Frame frame = block.frame(environment.allocator());
    environment.listener().delivered(block.count(), frame.size());
    send(subscription, frame);
  }

  /** Tells it of the gap it does not know of yet, if there is one. */
  public void tellGap(Subscription subscription, Optional<EventId> resumesAt) {
    subscription
        .gaps()
        .take()
        .filter(gap -> subscription.group().hearsHub())
        .map(gap -> new Gap(gap.asked(), resumesAt))
        .ifPresent(gap -> writeGap(subscription, gap));
  }

  private void writeGap(Subscription subscription, Gap gap) {
    environment.listener().gap();
    send(
        subscription,
        Frame.encode(
            environment.allocator(), GAP_BYTES, out -> environment.encoder().gap(gap, out)));
  }

  private void send(Subscription subscription, Frame frame) {
    subscription.write(frame, environment.nanoTime().getAsLong());
  }
}
