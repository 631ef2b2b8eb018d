package dev.allim.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.VertxHandler;

/**
 * Has the head of a request that cannot be read answered as everything that is refused: by a
 * problem (RFC 9457). Vert.x would say a status and no more, and has no setting for it but one of
 * each connection, which is there with the connection's first request. On the connection's loop.
 */
final class UnreadableHead extends ChannelInboundHandlerAdapter {
  private static final String PROBLEM = "application/problem+json";

  /** Netty takes any version, and Vert.x would begin its answer with it. */
  private static final DecoderResult OTHER_VERSION =
      DecoderResult.failure(new IllegalArgumentException("a version that is not spoken"));

  private UnreadableHead() {}

  /** To be called before the first head has come, with the connection's handlers in place. */
  static void explainOn(ChannelPipeline pipeline) {
    ChannelHandlerContext connection = pipeline.context(VertxHandler.class);
    if (connection == null) {
      pipeline.addLast(new UnreadableHead());
    } else {
      pipeline.addBefore(connection.name(), null, new UnreadableHead());
    }
  }

  /** Of each head that was decoded: one of a version that is not spoken is as good as none. */
  static void check(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
      request.setDecoderResult(OTHER_VERSION);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      VertxHandler<?> handler = context.pipeline().get(VertxHandler.class);
      if (handler != null && handler.getConnection() instanceof HttpServerConnection connection) {
        connection.invalidRequestHandler(UnreadableHead::answer);
      }
      context.pipeline().remove(this);
    }
    context.fireChannelRead(message);
  }

  private static void answer(HttpServerRequest request) {
    HttpResponseStatus status = status(request.decoderResult());
    HttpServerResponse response = request.response();
    response
        .setStatusCode(status.code())
        .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
        .putHeader(HttpHeaders.CONNECTION, "close")
        .end(problem(status, detail(status, request.decoderResult())))
        .onComplete(sent -> request.connection().close());
  }

  private static HttpResponseStatus status(DecoderResult head) {
    Throwable fault = head.cause();
    if (fault instanceof TooLongHttpLineException) {
      return HttpResponseStatus.REQUEST_URI_TOO_LONG;
    }
    return fault instanceof TooLongHttpHeaderException
        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        : HttpResponseStatus.BAD_REQUEST;
  }

  private static String detail(HttpResponseStatus status, DecoderResult head) {
    if (head == OTHER_VERSION) {
      return "The version of HTTP must be HTTP/1.1, HTTP/1.0 or HTTP/2";
    }
    HeadSizes sizes = HeadSizes.known();
    return switch (status.code()) {
      case 414 -> "The request line may be at most %d bytes long".formatted(sizes.line());
      case 431 -> "The headers may be at most %d bytes long together".formatted(sizes.headers());
      default ->
          "The head of the request is malformed: it must be a line 'GET /path HTTP/1.1' and lines"
              + " 'Name: value', and end with an empty line";
    };
  }

  private static Buffer problem(HttpResponseStatus status, String detail) {
    return new JsonObject()
        .put("title", status.reasonPhrase())
        .put("status", status.code())
        .put("detail", detail)
        .toBuffer();
  }
}
