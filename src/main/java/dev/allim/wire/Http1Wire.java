package dev.allim.wire;

import dev.allim.hub.OpenSubscription;
import dev.allim.hub.spi.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1: once the head is written, the connection is this stream's and nobody else's. For
 * Quarkus the exchange ends there and then, and what it would end with is kept from the socket; so
 * neither the request nor its scope nor whatever waits for requests stays for as long as a stream
 * does. Frames carry their chunk already and need no HTTP encoder.
 *
 * <p>The connection as such stays with Vert.x, which closes it when the server ends. What the
 * client sends from now on is no request, and is dropped.
 */
class Http1Wire extends ChannelDuplexHandler implements ResponseWire {
  /** Not a buffer: Netty's cannot be part of a native executable's initial heap. */
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Channel channel;

  /** The encoder's until this wire has one of its own. */
  private ChannelHandlerContext context;

  private @Nullable OpenSubscription served;
  private boolean exchangeEnds;
  private long sent;

  /** A wire that {@link #takeOver} puts to work. */
  Http1Wire(ChannelHandlerContext encoder) {
    this.channel = encoder.channel();
    this.context = encoder;
  }

  /**
   * Makes the connection this stream's.
   *
   * @param endExchange ends the response for everybody but the client
   */
  final void takeOver(Runnable endExchange) {
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addBefore(context.name(), Http1Wire.class.getName(), this);
    exchangeEnds = true;
    try {
      endExchange.run();
    } finally {
      exchangeEnds = false;
    }
    remove(pipeline, HttpRequestDecoder.class);
    remove(pipeline, HttpResponseEncoder.class);
    // the lane's own heartbeat and time-out stand in for it
    remove(pipeline, IdleStateHandler.class);
  }

  private static void remove(ChannelPipeline pipeline, Class<? extends ChannelHandler> type) {
    if (pipeline.get(type) != null) {
      pipeline.remove(type);
    }
  }

  @Override
  public final void serve(OpenSubscription subscription) {
    served = subscription;
    if (!channel.isActive()) {
      subscription.leave();
    }
  }

  // ---- by the lane

  @Override
  public boolean send(Frame frame) {
    send(frame.chunk());
    return writable();
  }

  /** Sends what is readable of {@code bytes}, and takes their reference. */
  final void send(ByteBuf bytes) {
    sent += bytes.readableBytes();
    context.writeAndFlush(bytes, context.voidPromise());
  }

  /** So many bytes went to the socket by another way. */
  final void passed(int bytes) {
    sent += bytes;
  }

  @Override
  public final boolean writable() {
    return channel.isWritable();
  }

  @Override
  public final long pending() {
    ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
    return queue == null ? 0 : queue.totalPendingWriteBytes();
  }

  @Override
  public final long drained() {
    return sent - pending();
  }

  @Override
  public final void end() {
    context
        .writeAndFlush(Unpooled.wrappedBuffer(LAST_CHUNK))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /**
   * Vert.x would first wait until everything is written, which a stalled subscriber never lets it.
   */
  @Override
  public final void abort() {
    context.close();
  }

  // ---- by the pipeline

  @Override
  public final void handlerAdded(ChannelHandlerContext own) {
    context = own;
  }

  /**
   * What Quarkus writes goes nowhere: the end of the exchange, or the answer to a request that came
   * right behind. An empty buffer is how Vert.x waits for all that was written before it closes,
   * which it may, though not because the exchange is over.
   */
  @Override
  public final void write(ChannelHandlerContext own, Object message, ChannelPromise promise) {
    if (message == Unpooled.EMPTY_BUFFER && !exchangeEnds) {
      own.write(message, promise);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public final void channelRead(ChannelHandlerContext own, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public final void channelWritabilityChanged(ChannelHandlerContext own) {
    if (served != null && writable()) {
      served.writable();
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext own) {
    if (served != null) {
      served.leave();
    }
    own.fireChannelInactive();
  }

  /** A connection that breaks is a subscriber that leaves, and no news. */
  @Override
  public final void exceptionCaught(ChannelHandlerContext own, Throwable broken) {
    own.close();
  }
}
