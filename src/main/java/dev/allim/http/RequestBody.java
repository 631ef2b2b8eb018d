package dev.allim.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.core.Response;

/**
 * Reads a body on the event loop, up to a limit. A body over it is refused as soon as that is
 * known, by its length if it gives one; the rest of it is dropped behind the answer.
 */
public final class RequestBody {
  private static final long LINGER_MILLIS = 1000;

  private final HttpServerRequest request;
  private final long limit;
  private final Buffer received = Buffer.buffer();

  private RequestBody(HttpServerRequest request, long limit) {
    this.request = request;
    this.limit = limit;
  }

  /**
   * The whole body. Fails with a {@link ProblemException} if it is longer than {@code limit} bytes.
   */
  public static Uni<byte[]> read(HttpServerRequest request, long limit) {
    return Uni.createFrom().emitter(emitter -> new RequestBody(request, limit).read(emitter));
  }

  private void read(UniEmitter<? super byte[]> emitter) {
    if (declaredLength() > limit) {
      refuse(emitter);
      return;
    }
    request.handler(buffer -> take(buffer, emitter));
    request.endHandler(end -> emitter.complete(received.getBytes()));
    request.exceptionHandler(broken -> emitter.fail(brokenOff()));
    sendContinueIfExpected();
    request.resume();
  }

  private long declaredLength() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private void sendContinueIfExpected() {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
  }

  private void take(Buffer buffer, UniEmitter<? super byte[]> emitter) {
    if (received.length() + buffer.length() > limit) {
      refuse(emitter);
    } else {
      received.appendBuffer(buffer);
    }
  }

  private static ProblemException brokenOff() {
    return new ProblemException(
        Problem.inField(
            Response.Status.BAD_REQUEST, "body", "The body broke off or is badly chunked"));
  }

  private void refuse(UniEmitter<? super byte[]> emitter) {
    request.pause();
    emitter.fail(tooLong(limit));
  }

  /** What a body over the limit is answered. */
  static ProblemException tooLong(long limit) {
    return new ProblemException(
        Problem.inField(
                Response.Status.REQUEST_ENTITY_TOO_LARGE,
                "body",
                "The body may be at most %d bytes long".formatted(limit))
            .withLimit(limit));
  }

  /**
   * Drops what is unread of a request that is answered, so that the next one on its connection can
   * be read. To close at once would cost the client the answer, as it may be writing still; so only
   * one that goes on and on is cut off.
   */
  static void drop(HttpServerRequest request, Vertx vertx) {
    if (!request.isEnded()) {
      request.handler(unwanted -> {});
      request.resume();
      if (isAnnounced(request)) {
        vertx.setTimer(LINGER_MILLIS, late -> cutOff(request));
      }
    }
  }

  private static boolean isAnnounced(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2
        || request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private static void cutOff(HttpServerRequest request) {
    if (!request.isEnded() && request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else if (!request.isEnded()) {
      request.connection().close();
    }
  }
}
