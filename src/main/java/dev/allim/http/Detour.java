package dev.allim.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;

/** A question about a request that is answered off the loop while the request waits for it. */
public final class Detour {
  private Detour() {}

  /**
   * Asks, and goes on with the answer on the request's loop; not where the client has gone
   * meanwhile.
   */
  public static <T> void take(
      RoutingContext context, Callable<T> question, Handler<AsyncResult<T>> next) {
    HttpServerRequest request = context.request();
    request.pause();
    context
        .vertx()
        .executeBlocking(question, false)
        .onComplete(
            answer -> {
              if (!isGone(context)) {
                request.resume();
                next.handle(answer);
              }
            });
  }

  /** A request that waits can end by nothing but its client. */
  private static boolean isGone(RoutingContext context) {
    return context.request().isEnded() || context.response().closed();
  }
}
