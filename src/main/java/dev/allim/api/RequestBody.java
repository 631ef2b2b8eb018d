package dev.allim.api;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;

/**
 * Reads a body on the event loop, up to a limit. A body over it is refused as soon as that is
 * known, by its length if it gives one, and the connection is closed behind the answer, since the
 * rest is not wanted.
 */
final class RequestBody {
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
  static Uni<byte[]> read(HttpServerRequest request, long limit) {
    return Uni.createFrom().emitter(emitter -> new RequestBody(request, limit).read(emitter));
  }

  private void read(UniEmitter<? super byte[]> emitter) {
    if (declaredLength() > limit) {
      refuse(emitter);
      return;
    }
    request.handler(buffer -> take(buffer, emitter));
    request.endHandler(end -> emitter.complete(received.getBytes()));
    request.exceptionHandler(emitter::fail);
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
      request.pause();
      refuse(emitter);
    } else {
      received.appendBuffer(buffer);
    }
  }

  private void refuse(UniEmitter<? super byte[]> emitter) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    emitter.fail(
        new ProblemException(
            Problem.inField(
                    Response.Status.REQUEST_ENTITY_TOO_LARGE,
                    "body",
                    "The body may be at most %d bytes long".formatted(limit))
                .withLimit(limit)));
  }
}
