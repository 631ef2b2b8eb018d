package dev.allim.http;

import dev.allim.http.problem.ProblemException;
import dev.allim.http.problem.ProblemType;
import dev.allim.hub.HubOverloadedException;
import dev.allim.hub.spi.MemoryBudget;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a body on the event loop, up to a limit. A body over it is refused as soon as that is
 * known, by its length if it gives one; the rest of it is dropped behind the answer. One that comes
 * too slowly, or that the memory of others is wanted from, is given up.
 */
final class RequestBody {
  private static final long LINGER_MILLIS = 1000;

  /** What a request takes beside its body, about: many small ones are not free. */
  private static final int REQUEST_BYTES = 4096;

  /** Once in pieces, once as a whole. */
  private static final int COPIES = 2;

  /** Over which the rate is measured: a hand-over between two cells takes a few seconds. */
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private static final Duration COME_BACK = Duration.ofSeconds(2);

  private final HttpServerRequest request;
  private final Context loop;
  private final PublishLimits limits;
  private final long limit;
  private final ContentCoding coding;
  private final MemoryBudget.Share share;
  private final long started = System.nanoTime();

  // Everything below is touched on the loop alone.
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private boolean over;

  /** Let go as soon as it is over: the request may be there as long as its connection. */
  private ReceivedBytes received = new ReceivedBytes();

  private long windowStarted = started;
  private int receivedThen;

  /** To be made, and {@link #read}, on {@code loop}; {@link #forget} is owed. */
  RequestBody(HttpServerRequest request, Context loop, PublishLimits limits, MemoryBudget budget) {
    this.request = request;
    this.coding = ContentCoding.of(request);
    this.loop = loop;
    this.limits = limits;
    this.limit = limits.body().asLongValue();
    this.share = budget.open(this::makeWay);
    share.take(REQUEST_BYTES);
  }

  /** Whoever asked for it needs it no more. Any thread. */
  void forget() {
    share.close();
  }

  /** The whole body. Fails if it is longer than the limit, too slow, or others need its memory. */
  CompletableFuture<byte[]> read() {
    if (declaredLength() > limit) {
      refuse();
    } else {
      request.handler(this::take);
      request.endHandler(end -> complete());
      request.exceptionHandler(broken -> fail(brokenOff()));
      sendContinueIfExpected();
      request.resume();
    }
    return whole;
  }

  private void complete() {
    if (!over) {
      share.settle();
      complete(end());
    }
  }

  /** What has come until now, which is kept here no longer. */
  private ReceivedBytes end() {
    ReceivedBytes all = received;
    over = true;
    received = new ReceivedBytes();
    return all;
  }

  /** Undone, it may be far longer than it was sent. */
  private void complete(ReceivedBytes all) {
    try {
      byte[] body = coding.decode(all.toBytes(), (int) limit);
      share.take(coding == ContentCoding.IDENTITY ? 0 : body.length);
      whole.complete(body);
    } catch (ProblemException broken) {
      whole.completeExceptionally(broken);
    }
  }

  private void fail(Throwable reason) {
    if (!over) {
      end();
      request.pause();
      whole.completeExceptionally(reason);
    }
  }

  // ---- too slow, or in the way

  /** Any thread. */
  private void makeWay() {
    loop.runOnContext(
        now ->
            fail(
                new HubOverloadedException(
                    "Too many bodies are on their way, and this one is the longest", COME_BACK)));
  }

  /** About once a second. Any thread. */
  void look() {
    loop.runOnContext(now -> look(System.nanoTime()));
  }

  private void look(long now) {
    if (now - started > limits.bodyTime().toNanos()) {
      fail(tooSlow("within %s".formatted(limits.bodyTime())));
    } else if (now - windowStarted > WINDOW.toNanos()) {
      if (received.length() - receivedThen < leastIn(now - windowStarted)) {
        fail(tooSlow("at %d bytes a second or more".formatted(limits.bodyRate().asLongValue())));
      }
      windowStarted = now;
      receivedThen = received.length();
    }
  }

  private double leastIn(long nanos) {
    return (double) limits.bodyRate().asLongValue() * nanos / Duration.ofSeconds(1).toNanos();
  }

  private static ProblemException tooSlow(String expected) {
    return new ProblemException(
        ProblemType.BODY_TOO_SLOW.inField("body", "A body has to come " + expected));
  }

  // ---- as it comes

  private long declaredLength() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private void sendContinueIfExpected() {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
  }

  private void take(Buffer buffer) {
    if (over) {
      return;
    }
    if (received.length() + buffer.length() > limit) {
      refuse();
    } else {
      received.append(buffer);
      share.take((long) COPIES * buffer.length());
    }
  }

  private static ProblemException brokenOff() {
    return new ProblemException(
        ProblemType.INVALID_FIELD.inField("body", "The body broke off or is badly chunked"));
  }

  private void refuse() {
    fail(tooLong(limit));
  }

  /** What a body over the limit is answered. */
  static ProblemException tooLong(long limit) {
    return new ProblemException(
        ProblemType.TOO_LARGE
            .inField("body", "The body may be at most %d bytes long".formatted(limit))
            .withLimit(limit, "bytes"));
  }

  /**
   * Drops what is unread of a request that is answered, so that the next one on its connection can
   * be read. To close at once would cost the client the answer, as it may be writing still; so only
   * one that goes on and on is cut off. On any thread: who answers is not always on the loop, where
   * the request may end at any time.
   */
  static void drop(HttpServerRequest request, Context loop) {
    if (!request.isEnded()) {
      loop.runOnContext(now -> dropRest(request, loop));
    }
  }

  private static void dropRest(HttpServerRequest request, Context loop) {
    if (!request.isEnded()) {
      request.handler(unwanted -> {});
      request.resume();
      loop.runOnContext(now -> watchRest(request, loop.owner()));
    }
  }

  /** What was there already has gone by now: most of what is refused needs no timer. */
  private static void watchRest(HttpServerRequest request, Vertx vertx) {
    if (!request.isEnded() && isAnnounced(request)) {
      vertx.setTimer(LINGER_MILLIS, late -> cutOff(request));
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
