package dev.allim.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A long answer over HTTP/1 on its way to a socket that may take its time. It stays on the heap,
 * where it was made, and reaches the socket in slices as that takes them: a channel would copy it
 * as a whole to memory outside the heap first. A socket that takes nothing of it for a time is
 * closed, and so is one that takes too long for all of it. On the connection's loop only.
 */
final class SlicedAnswer extends ChannelDuplexHandler {
  private static final int SLICE = 64 * 1024;
  private static final long LOOK_MILLIS = 1000;

  private final long stallNanos;
  private final long mostNanos;
  private final Runnable onGone;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private boolean feeding;
  private boolean ended;
  private long began;
  private long taken;
  private long takenThen;
  private long progressAt;

  private record Waiting(Object message, ChannelPromise promise) {}

  /**
   * An answer that is to be written.
   *
   * @param stallNanos how long the socket may take nothing
   * @param mostNanos how long it may take for all
   * @param onGone called once, when it is written or will never be
   */
  SlicedAnswer(long stallNanos, long mostNanos, Runnable onGone) {
    this.stallNanos = stallNanos;
    this.mostNanos = mostNanos;
    this.onGone = onGone;
  }

  /** All of it has been handed to this. */
  void end(ChannelHandlerContext context) {
    ended = true;
    began = System.nanoTime();
    progressAt = began;
    look(context);
  }

  private void look(ChannelHandlerContext context) {
    long now = System.nanoTime();
    if (context.isRemoved()) {
      return;
    }
    if (isTaken(context)) {
      context.pipeline().remove(this);
    } else if (isStalled(now) || now - began > mostNanos) {
      context.close();
    } else {
      context.executor().schedule(() -> look(context), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isStalled(long now) {
    if (taken != takenThen) {
      takenThen = taken;
      progressAt = now;
    }
    return now - progressAt > stallNanos;
  }

  private boolean isTaken(ChannelHandlerContext context) {
    return queue.isEmpty() && context.channel().isWritable();
  }

  // ---- by the pipeline

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (queue.isEmpty() && !isLong(message)) {
      context.write(message, promise);
    } else {
      queue.add(new Waiting(message, promise));
    }
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    context.flush();
    feed(context);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    feed(context);
    if (ended && isTaken(context)) {
      look(context);
    }
    context.fireChannelWritabilityChanged();
  }

  /** Each flush may have the channel ask for more before it returns. */
  private void feed(ChannelHandlerContext context) {
    if (feeding) {
      return;
    }
    feeding = true;
    while (!queue.isEmpty() && context.channel().isWritable()) {
      writeNext(context);
      context.flush();
    }
    feeding = false;
  }

  private void writeNext(ChannelHandlerContext context) {
    Waiting next = queue.element();
    taken++;
    if (isLong(next.message())) {
      context.write(((ByteBuf) next.message()).readRetainedSlice(SLICE));
    } else {
      queue.remove();
      context.write(next.message(), next.promise());
    }
  }

  private static boolean isLong(Object message) {
    return message instanceof ByteBuf bytes && bytes.readableBytes() > SLICE;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
      ReferenceCountUtil.release(waiting.message());
      waiting.promise().tryFailure(new ClosedChannelException());
    }
    onGone.run();
  }
}
