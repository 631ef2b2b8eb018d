package dev.allim.sse;

import dev.allim.hub.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpServerResponse;

/**
 * HTTP/1.1: frames carry their chunk already, so they are written below the HTTP encoder, from its
 * place in the pipeline. The encoder stays in its "inside a chunked body" state and writes the last
 * chunk when the response ends.
 *
 * <p>The connection serves this one stream and is closed behind it: what was written past the idle
 * handler cannot be seen by it, so that handler goes, and the lane's own heartbeat and write
 * timeout stand in for it.
 */
final class Http1Wire implements ResponseWire {
  private final ChannelHandlerContext encoder;
  private final Channel channel;
  private final HttpServerResponse response;
  private final Runnable complete;
  private long written;

  Http1Wire(ChannelHandlerContext encoder, HttpServerResponse response, Runnable complete) {
    this.encoder = encoder;
    this.channel = encoder.channel();
    this.response = response;
    this.complete = complete;
    removeIdleHandler(channel.pipeline());
  }

  private static void removeIdleHandler(ChannelPipeline pipeline) {
    if (pipeline.get(IdleStateHandler.class) != null) {
      pipeline.remove(IdleStateHandler.class);
    }
  }

  @Override
  public void write(Frame frame) {
    ByteBuf chunk = frame.chunk();
    written += chunk.readableBytes();
    encoder.write(chunk, encoder.voidPromise());
  }

  @Override
  public void flush() {
    encoder.flush();
  }

  @Override
  public boolean writable() {
    return channel.isWritable();
  }

  @Override
  public long pending() {
    ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
    return queue == null ? 0 : queue.totalPendingWriteBytes();
  }

  @Override
  public long drained() {
    return written - pending();
  }

  @Override
  public void end() {
    complete.run();
    encoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Vert.x would first wait until everything is written, which a stalled reader never lets it. */
  @Override
  public void abort() {
    encoder.close();
  }

  @Override
  public void onDrained(Runnable action) {
    if (!response.closed()) {
      response.drainHandler(drained -> action.run());
    }
  }
}
