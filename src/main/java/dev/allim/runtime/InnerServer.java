package dev.allim.runtime;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.core.tracing.TracingPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * This program's HTTP/1.1 for a client within the program, on the same event loops and kind of
 * sockets: on a passing port of this machine alone, without a meter or a trace.
 */
final class InnerServer implements AutoCloseable {
  private final Channel server;

  private InnerServer(Channel server) {
    this.server = server;
  }

  /**
   * Begins to serve.
   *
   * @param onGone called when a connection has ended for everybody, on its loop
   */
  static InnerServer start(VertxInternal vertx, Runnable onGone) throws InterruptedException {
    return new InnerServer(
        new ServerBootstrap()
            .group(vertx.getAcceptorEventLoopGroup(), vertx.getEventLoopGroup())
            .channelFactory(vertx.transport().serverChannelFactory(false))
            .childHandler(new Connection(vertx, onGone))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel());
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  @Override
  public void close() {
    server.close();
  }

  /** What Vert.x puts behind a socket. */
  private static final class Connection extends ChannelInitializer<Channel> {
    private final HttpServerOptions options =
        new HttpServerOptions().setTracingPolicy(TracingPolicy.IGNORE);
    private final VertxInternal vertx;
    private final Runnable onGone;

    Connection(VertxInternal vertx, Runnable onGone) {
      this.vertx = vertx;
      this.onGone = onGone;
    }

    @Override
    protected void initChannel(Channel channel) {
      ContextInternal context = vertx.createEventLoopContext(channel.eventLoop(), null, null);
      channel
          .pipeline()
          .addLast(new Gone(onGone))
          .addLast(new VertxHttpRequestDecoder(options))
          .addLast(new HttpResponseEncoder())
          .addLast(VertxHandler.create(netty -> connection(context, netty)));
    }

    private Http1xServerConnection connection(
        ContextInternal context, ChannelHandlerContext netty) {
      Http1xServerConnection connection =
          new Http1xServerConnection(
              context::duplicate, null, options, netty, context, "localhost", null);
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
