package dev.allim.wire;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Ignores the wish to go on in HTTP/2 of a request that has a body, as a server may (RFC 9110,
 * 7.8). Vert.x would grant it before it has asked for the body (100) or read it, over which clients
 * fail or wait for ever. Requests without a body are upgraded, and who knows that this server
 * speaks HTTP/2 begins with it.
 *
 * <p>Vert.x decides that in a pipeline that nobody else gets to see: Netty calls this for each
 * connection, as {@code META-INF/services} names it and {@link #EXTENSIONS_SYSTEM_PROPERTY} says
 * that it should look there. Runs on the connection's loop.
 */
@RegisterForReflection
public final class UpgradeRules extends ChannelInitializerExtension {
  /** Made by Netty. */
  public UpgradeRules() {}

  @Override
  public void postInitializeServerChildChannel(Channel channel) {
    HeadDeadline deadline = new HeadDeadline(HeadTime.nanos());
    channel.pipeline().addLast(deadline, new FirstBytes(deadline));
  }

  /**
   * Hands on the first bytes one by one, until Vert.x knows the protocol by them and has set up its
   * handlers, but has no whole request yet: that is the moment to step in between.
   */
  private static final class FirstBytes extends ChannelInboundHandlerAdapter {
    private final HeadDeadline deadline;

    FirstBytes(HeadDeadline deadline) {
      this.deadline = deadline;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      ChannelPipeline pipeline = context.pipeline();
      boolean known = isKnown(pipeline);
      while (bytes.isReadable() && !known) {
        context.fireChannelRead(bytes.readRetainedSlice(1));
        known = isKnown(pipeline);
      }
      if (known) {
        stepIn(pipeline);
        pipeline.remove(this);
      }
      context.fireChannelRead(bytes);
    }

    private static boolean isKnown(ChannelPipeline pipeline) {
      return pipeline.get(HttpRequestDecoder.class) != null
          || pipeline.get(Http2ConnectionHandler.class) != null
          || pipeline.get(SslHandler.class) != null;
    }

    private void stepIn(ChannelPipeline pipeline) {
      deadline.watch(pipeline);
      if (pipeline.get(HttpRequestDecoder.class) != null) {
        UnreadableHead.explainOn(pipeline);
      }
    }
  }

  /** To be called with the first request of a connection, the only one that can change it. */
  static void check(HttpRequest first) {
    HttpHeaders headers = first.headers();
    if (headers.contains(HttpHeaderNames.UPGRADE)
        && (hasBody(headers) || headers.contains(HttpHeaderNames.EXPECT))) {
      headers.remove(HttpHeaderNames.UPGRADE);
    }
  }

  private static boolean hasBody(HttpHeaders headers) {
    return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        || !"0".equals(headers.get(HttpHeaderNames.CONTENT_LENGTH, "0"));
  }
}
