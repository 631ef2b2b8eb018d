package dev.allim.hub;

import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.Wire;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.WhatwgEventStreamParser;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * A connection whose socket the test fills and drains. What has gone through the socket is read as
 * a browser would.
 */
public final class RecordingWire implements Wire {
  /** So many bytes may wait before the wire says that it is full. */
  static final int HIGH_WATER = 64 * 1024;

  private final WhatwgEventStreamParser reader = new WhatwgEventStreamParser();
  private final Queue<byte[]> queue = new ArrayDeque<>();
  private long pending;
  private long drained;
  private boolean stuck;
  private boolean full;
  private boolean broken;
  private Runnable beforeWrite = () -> {};
  private Runnable afterWrite = () -> {};

  public int writes;
  boolean ended;
  public boolean aborted;
  Runnable onDrained = () -> {};

  // ---- what the lane does

  @Override
  public boolean send(Frame frame) {
    if (broken) {
      throw new IllegalStateException("broken wire");
    }
    beforeWrite.run();
    ByteBuf events = frame.events();
    byte[] bytes = new byte[events.readableBytes()];
    events.readBytes(bytes).release();
    if (!ended && !aborted) {
      writes++;
      queue.add(bytes);
      pending += bytes.length;
    }
    if (!stuck) {
      take(Integer.MAX_VALUE);
    }
    afterWrite.run();
    return writable();
  }

  @Override
  public boolean writable() {
    return !full && pending < HIGH_WATER;
  }

  @Override
  public long pending() {
    return pending;
  }

  @Override
  public long drained() {
    return drained;
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public void abort() {
    aborted = true;
    queue.clear();
    pending = 0;
  }

  // ---- what the network does

  /** The socket takes nothing from now on, and the wire is full with the next write. */
  public void fill() {
    stuck = true;
    full = true;
  }

  /** The socket takes nothing from now on; the wire is full once its high-water mark is reached. */
  void stick() {
    stuck = true;
  }

  /** The socket takes one piece of what waits; the lane hears of it if that makes room. */
  public void trickle() {
    boolean wasFull = !writable();
    take(1);
    if (wasFull && writable()) {
      onDrained.run();
    }
  }

  /** The socket takes everything again, and the lane hears of it. */
  void drain() {
    boolean wasFull = !writable();
    stuck = false;
    full = false;
    take(Integer.MAX_VALUE);
    if (wasFull) {
      onDrained.run();
    }
  }

  /**
   * From now on the socket takes everything in the middle of a write, and the lane hears of it at
   * once, as when a flush makes room.
   */
  void drainWithinWrites() {
    afterWrite =
        () -> {
          stuck = false;
          full = false;
          take(Integer.MAX_VALUE);
          onDrained.run();
        };
  }

  /** Every write throws from now on. */
  public void breakDown() {
    broken = true;
  }

  public void beforeWrite(Runnable action) {
    beforeWrite = action;
  }

  private void take(int pieces) {
    for (int i = 0; i < pieces && !queue.isEmpty(); i++) {
      byte[] bytes = queue.remove();
      pending -= bytes.length;
      drained += bytes.length;
      reader.feed(bytes);
    }
  }

  // ---- what the browser sees

  List<ReceivedEvent> events() {
    return reader.events();
  }

  int comments() {
    return reader.comments().size();
  }

  /** The reconnection time last heard, in milliseconds. */
  long retry() {
    return reader.retry().orElseThrow();
  }

  String lastEventId() {
    return reader.lastEventId();
  }
}
