package dev.allim.sse;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.core.tracing.TracingPolicy;
import java.nio.charset.StandardCharsets;

/**
 * This program's HTTP/1.1 for a client within the program, on the same event loops: without a port,
 * a meter or a trace.
 */
final class InnerServer implements AutoCloseable {
  private static final SocketAddress CLIENT = SocketAddress.inetSocketAddress(0, "127.0.0.1");
  private static final HttpServerOptions OPTIONS =
      new HttpServerOptions().setTracingPolicy(TracingPolicy.IGNORE);

  private final VertxInternal vertx;
  private final LocalAddress address = new LocalAddress(InnerServer.class);
  private final Channel server;

  private InnerServer(VertxInternal vertx, Runnable onGone) throws InterruptedException {
    this.vertx = vertx;
    this.server =
        new ServerBootstrap()
            .group(vertx.getEventLoopGroup())
            .channel(LocalServerChannel.class)
            .childHandler(new Connection(vertx, onGone))
            .bind(address)
            .sync()
            .channel();
  }

  /**
   * Begins to serve.
   *
   * @param onGone called after a connection has ended for everybody, on its loop
   */
  static InnerServer start(VertxInternal vertx, Runnable onGone) throws InterruptedException {
    return new InnerServer(vertx, onGone);
  }

  /** Sends {@code request} on a connection of its own, of which {@code client} hears. */
  void send(String request, ChannelHandler client) throws InterruptedException {
    new Bootstrap()
        .group(vertx.getEventLoopGroup())
        .channel(LocalChannel.class)
        .handler(client)
        .connect(address)
        .sync()
        .channel()
        .writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    server.close();
  }

  /** What Vert.x puts behind a socket. */
  private static final class Connection extends ChannelInitializer<Channel> {
    private final VertxInternal vertx;
    private final Runnable onGone;

    Connection(VertxInternal vertx, Runnable onGone) {
      this.vertx = vertx;
      this.onGone = onGone;
    }

    @Override
    protected void initChannel(Channel channel) {
      ContextInternal context = vertx.createEventLoopContext(channel.eventLoop(), null, null);
      channel.attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE).set(CLIENT);
      channel
          .pipeline()
          .addLast(new Gone(onGone))
          .addLast(new VertxHttpRequestDecoder(OPTIONS))
          .addLast(new HttpResponseEncoder())
          .addLast(VertxHandler.create(netty -> connection(context, netty)));
    }

    private static Http1xServerConnection connection(
        ContextInternal context, ChannelHandlerContext netty) {
      Http1xServerConnection connection =
          new Http1xServerConnection(
              context::duplicate, null, OPTIONS, netty, context, "localhost", null);
      connection.handler(VertxHttpRecorder.getRootHandler());
      return connection;
    }
  }

  /** All others have heard already that the connection is gone when this does. */
  private static final class Gone extends ChannelInboundHandlerAdapter {
    private final Runnable then;

    Gone(Runnable then) {
      this.then = then;
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext context) {
      context.fireChannelUnregistered();
      then.run();
    }
  }
}
