package dev.allim.wire;

import dev.allim.hub.OpenSubscription;
import dev.allim.hub.spi.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Everything but plain HTTP/1.1: the same shared bytes, without the chunk around them, through the
 * response, which frames them as the protocol wants it.
 */
final class VertxWire implements ResponseWire, Flow.Subscription {
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Runnable complete;
  private @Nullable OpenSubscription served;

  /** The connection's end is the stream's, whatever came before it and whoever else hears of it. */
  private ChannelFutureListener ends = future -> {};

  private long written;
  private long drained;

  VertxWire(HttpServerRequest request, Runnable complete) {
    this.request = request;
    this.response = request.response();
    this.complete = complete;
  }

  @Override
  public void serve(OpenSubscription subscription) {
    if (over()) {
      subscription.leave();
      return;
    }
    served = subscription;
    response.drainHandler(room -> subscription.writable());
    ends = future -> leave();
    channel().closeFuture().addListener(ends);
  }

  private Channel channel() {
    return ((ConnectionBase) request.connection()).channel();
  }

  // ---- by the lane

  @Override
  public boolean send(Frame frame) {
    if (!over()) {
      ByteBuf events = frame.events();
      int size = events.readableBytes();
      written += size;
      write(events, size);
    }
    return writable();
  }

  /** The reference is ours all the while: of what a reset stream is given, Vert.x forgets it. */
  private void write(ByteBuf events, int size) {
    try {
      response
          .write(BufferImpl.buffer(Unpooled.unreleasableBuffer(events)))
          .onComplete(done -> written(events, size));
    } catch (RuntimeException gone) {
      events.release();
      throw gone;
    }
  }

  private void written(ByteBuf events, int size) {
    drained += size;
    events.release();
  }

  private boolean over() {
    return response.ended() || response.closed();
  }

  @Override
  public boolean writable() {
    return !over() && !response.writeQueueFull();
  }

  @Override
  public long pending() {
    return over() ? 0 : written - drained;
  }

  @Override
  public long drained() {
    return drained;
  }

  @Override
  public void end() {
    forget();
    complete.run();
    if (request.version() == HttpVersion.HTTP_1_0) {
      request.connection().close(); // nothing else tells where the body ends
    }
  }

  @Override
  public void abort() {
    forget();
    if (!over()) {
      response.reset();
    }
    if (request.version().alpnName().startsWith("http/1")) {
      // past the handlers that would first wait for what is queued
      channel().pipeline().firstContext().close();
    }
  }

  // ---- by the response

  /** Demand means nothing here: a subscriber that is slow is one whose socket is full. */
  @Override
  public void request(long items) {
    // see above
  }

  @Override
  public void cancel() {
    leave();
  }

  /** A connection of HTTP/2 has many streams, one after the other: none stays behind in it. */
  private void leave() {
    OpenSubscription leaving = served;
    if (leaving != null) {
      forget();
      leaving.leave();
    }
  }

  private void forget() {
    served = null;
    channel().closeFuture().removeListener(ends);
  }
}
