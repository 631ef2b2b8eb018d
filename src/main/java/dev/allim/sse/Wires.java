package dev.allim.sse;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Optional;

/** Finds the shortest way to a response's socket. */
final class Wires {
  private Wires() {}

  /**
   * The wire of a response whose head is written: past the HTTP encoder where that is possible,
   * otherwise through the response.
   *
   * @param complete ends the response
   */
  static ResponseWire of(HttpServerRequest request, Runnable complete) {
    return encoder(request)
        .<ResponseWire>map(encoder -> new Http1Wire(encoder, request.response(), complete))
        .orElseGet(() -> new VertxWire(request, complete));
  }

  /**
   * HTTP/1.1 has chunks to put frames into; HTTP/1.0 and HTTP/2 have not, and compressed bytes are
   * not ours.
   */
  private static Optional<ChannelHandlerContext> encoder(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_1_1) {
      return Optional.empty();
    }
    Channel channel = ((ConnectionBase) request.connection()).channel();
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get(HttpContentCompressor.class) != null) {
      return Optional.empty();
    }
    return Optional.ofNullable(pipeline.context(HttpResponseEncoder.class));
  }
}
