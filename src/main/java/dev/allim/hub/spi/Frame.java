package dev.allim.hub.spi;

import dev.allim.hub.spi.FrameEncoder.About;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events encoded once, for everyone: one read-only direct buffer that holds an HTTP/1.1 chunk (RFC
 * 9112, 7.1) around the event bytes, so that HTTP/1.1 sends it as it is and HTTP/2 sends its
 * inside.
 *
 * <p>Ownership: a frame is born with one reference, which belongs to its maker. Who keeps it longer
 * than a call takes {@link #retain} and owes one {@link #release}. {@link #chunk} and {@link
 * #events} hand out views with a reference of their own, which a channel gives back when it has
 * written them. Safe for any thread.
 */
public final class Frame {
  private static final int LONGEST_CHUNK_HEAD = 10;
  private static final int CHUNK_TAIL = 2;
  private static final int SMALL = 32;
  private static final int PLACE = 96;
  private static final int CRLF = '\r' << 8 | '\n';

  private static final long NO_ADDRESS = 0;

  private final ByteBuf chunk;
  private final int eventsFrom;
  private final long address;
  private final int chunkSize;

  /**
   * The same event in other dialects, by their ordinals; made when somebody asks. Of memory that
   * goes with this object, as the last reference may be given back by a channel that knows nothing
   * of them.
   */
  private volatile @Nullable Map<Dialect, Frame> others;

  /** All that making frames takes. Any thread. */
  public interface Maker {
    /** How events look on the wire. */
    FrameEncoder encoder();

    /** Where frames live. */
    ByteBufAllocator allocator();
  }

  private Frame(ByteBuf chunk, int eventsFrom) {
    this.chunk = chunk;
    this.eventsFrom = eventsFrom;
    this.address =
        chunk.hasMemoryAddress() ? chunk.memoryAddress() + chunk.readerIndex() : NO_ADDRESS;
    this.chunkSize = chunk.readableBytes();
  }

  /** The frame of one notification. */
  public static Frame encode(Maker maker, Notification notification) {
    FrameEncoder encoder = maker.encoder();
    return encode(
        maker.allocator(),
        encoder.sizeHint(notification),
        buffer -> encoder.encode(notification, buffer));
  }

  /** What a stream begins with: when to come back, and where it stands. */
  public static Frame greeting(Maker maker, Duration retry, Optional<EventId> place) {
    return encode(maker.allocator(), PLACE, out -> maker.encoder().greeting(retry, place, out));
  }

  /** Where a stream stands. */
  public static Frame place(Maker maker, EventId place) {
    return encode(maker.allocator(), PLACE, out -> maker.encoder().place(place, out));
  }

  /** When to come back, for a stream that ends. */
  public static Frame retry(Maker maker, Duration retry) {
    return encode(maker.allocator(), SMALL, out -> maker.encoder().retry(retry, out));
  }

  /**
   * The same event in another dialect, made once: whoever asks next gets the same frame. Only two
   * loops that ask in the same instant may both make it, of which one is kept. Not to be released.
   */
  public Frame in(Dialect dialect, FrameEncoder encoder, Supplier<About> about) {
    Map<Dialect, Frame> made = others;
    if (made == null) {
      made = new ConcurrentHashMap<>();
      others = made;
    }
    Frame known = made.get(dialect);
    if (known != null) {
      return known;
    }
    String event = chunk.toString(eventsFrom, size(), StandardCharsets.UTF_8);
    Frame frame =
        fill(
            Unpooled.buffer(LONGEST_CHUNK_HEAD + size() + CHUNK_TAIL),
            out -> encoder.encode(dialect, event, about.get(), out));
    made.put(dialect, frame);
    return frame;
  }

  /** A frame around what {@code events} writes. */
  public static Frame encode(ByteBufAllocator allocator, int sizeHint, Consumer<ByteBuf> events) {
    return fill(allocator.directBuffer(LONGEST_CHUNK_HEAD + sizeHint + CHUNK_TAIL), events);
  }

  private static Frame fill(ByteBuf buffer, Consumer<ByteBuf> events) {
    try {
      buffer.setIndex(LONGEST_CHUNK_HEAD, LONGEST_CHUNK_HEAD);
      events.accept(buffer);
      return close(buffer);
    } catch (RuntimeException | Error failure) {
      buffer.release();
      throw failure;
    }
  }

  /**
   * One frame with the events of all of {@code frames}, in their order; it owns nothing of theirs.
   */
  public static Frame join(ByteBufAllocator allocator, List<Frame> frames) {
    int size = 0;
    for (Frame frame : frames) {
      size += frame.size();
    }
    return encode(allocator, size, buffer -> frames.forEach(frame -> frame.copyTo(buffer)));
  }

  private void copyTo(ByteBuf buffer) {
    buffer.writeBytes(chunk, eventsFrom, size());
  }

  private static Frame close(ByteBuf buffer) {
    byte[] size = Integer.toHexString(buffer.readableBytes()).getBytes(StandardCharsets.US_ASCII);
    int eventsFrom = buffer.readerIndex();
    int head = eventsFrom - size.length - CHUNK_TAIL;
    buffer.setBytes(head, size).setShort(eventsFrom - CHUNK_TAIL, CRLF).writeShort(CRLF);
    buffer.readerIndex(head);
    return new Frame(buffer, eventsFrom);
  }

  /** Whether the platform tells where the chunk is. */
  public boolean hasAddress() {
    return address != NO_ADDRESS;
  }

  /** Whether it can be written to any number of sockets without being copied for each. */
  public boolean isDirect() {
    return chunk.isDirect();
  }

  /** Where the whole chunk is in memory, for as long as somebody owns a reference. */
  public long address() {
    return address;
  }

  /** Bytes of the whole chunk. */
  public int chunkSize() {
    return chunkSize;
  }

  /** Bytes of the events, without the chunk around them. */
  public int size() {
    return chunk.writerIndex() - CHUNK_TAIL - eventsFrom;
  }

  /** The whole chunk, for HTTP/1.1. The caller owns the reference it gets. */
  public ByteBuf chunk() {
    return chunk.retainedDuplicate();
  }

  /** The events alone. The caller owns the reference it gets. */
  public ByteBuf events() {
    return chunk.retainedSlice(eventsFrom, size());
  }

  /** Takes one more reference; returns this. */
  public Frame retain() {
    chunk.retain();
    return this;
  }

  /** Gives one reference back; the memory goes with the last. */
  public void release() {
    chunk.release();
  }
}
