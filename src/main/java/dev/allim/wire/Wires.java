package dev.allim.wire;

import dev.allim.hub.spi.Frame;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Optional;
import java.util.concurrent.Flow;

/** Finds the shortest way to a response's socket. */
public final class Wires {
  private Wires() {}

  /**
   * The wire of a response whose head is written: past HTTP where that is possible, otherwise
   * through the response. Subscribes {@code downstream}, which ends the response on completion.
   */
  public static ResponseWire of(
      HttpServerRequest request, MultiSubscriber<? super Frame> downstream) {
    return encoder(request)
        .<ResponseWire>map(encoder -> takeOver(encoder, downstream))
        .orElseGet(() -> throughResponse(request, downstream));
  }

  private static Http1Wire takeOver(
      ChannelHandlerContext encoder, MultiSubscriber<? super Frame> downstream) {
    Http1Wire wire = reachesSocket(encoder) ? new EpollWire(encoder) : new Http1Wire(encoder);
    downstream.onSubscribe(NothingToCancel.INSTANCE);
    wire.takeOver(downstream::onCompletion);
    return wire;
  }

  private static boolean reachesSocket(ChannelHandlerContext encoder) {
    return encoder.channel() instanceof EpollSocketChannel
        && encoder.pipeline().get(SslHandler.class) == null;
  }

  private static VertxWire throughResponse(
      HttpServerRequest request, MultiSubscriber<? super Frame> downstream) {
    VertxWire wire = new VertxWire(request, downstream::onCompletion);
    downstream.onSubscribe(wire);
    return wire;
  }

  /**
   * HTTP/1.1 has chunks to put frames into; HTTP/1.0 and HTTP/2 have not, and compressed bytes are
   * not ours. The body of a request may still be arriving, and belongs to Vert.x.
   */
  private static Optional<ChannelHandlerContext> encoder(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_1_1 || hasBody(request)) {
      return Optional.empty();
    }
    ChannelPipeline pipeline = ((ConnectionBase) request.connection()).channel().pipeline();
    if (pipeline.get(HttpContentCompressor.class) != null) {
      return Optional.empty();
    }
    return Optional.ofNullable(pipeline.context(HttpResponseEncoder.class));
  }

  private static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /** The connection itself tells when its subscriber has gone. */
  private enum NothingToCancel implements Flow.Subscription {
    INSTANCE;

    @Override
    public void request(long items) {
      // frames never pass through the subscriber
    }

    @Override
    public void cancel() {
      // the exchange is over
    }
  }
}
