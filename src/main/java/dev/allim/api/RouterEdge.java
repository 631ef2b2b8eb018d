package dev.allim.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What happens around JAX-RS. In front of it, a topic whose dots the router would resolve is taken
 * out of its sight: JAX-RS gets a stand-in, and {@link RequestTarget} reads the original. Behind
 * it, what the router refuses by itself becomes a problem like any other and does not reach the
 * log, and a body that nobody wanted makes room for the connection's next request.
 */
@ApplicationScoped
class RouterEdge {
  private static final String RESOURCE = "/events";

  private static final int BAD_REQUEST = 400;

  /** The router would fail over it. */
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** Before everything that looks at the path. */
  private static final int FIRST = 100_000;

  void around(@Observes Filters filters) {
    filters.register(RouterEdge::around, FIRST);
  }

  private static void around(RoutingContext context) {
    if (RawTarget.isKeptIn(context)) {
      context.next();
    } else if (BROKEN_ESCAPE.matcher(RawTarget.of(context).path()).find()) {
      answer(context, BAD_REQUEST);
    } else {
      context.addEndHandler(answered -> RequestBody.drop(context.request(), context.vertx()));
      forgetBrokenType(context.request().headers());
      tame(context);
    }
  }

  /** JAX-RS fails over a media type that is none, even where nobody asks for it. */
  private static void forgetBrokenType(MultiMap headers) {
    String type = headers.get(HttpHeaders.CONTENT_TYPE);
    if (type != null && !isMediaType(type)) {
      headers.remove(HttpHeaders.CONTENT_TYPE);
    }
  }

  private static boolean isMediaType(String text) {
    try {
      return !MediaType.valueOf(text).getType().isEmpty();
    } catch (IllegalArgumentException broken) {
      return false;
    }
  }

  private static void tame(RoutingContext context) {
    RawTarget raw = RawTarget.of(context);
    int resource = raw.path().indexOf(RESOURCE);
    if (resource < 0 || !raw.hasDots()) {
      context.next();
    } else {
      raw.keepIn(context);
      context.reroute(standIn(raw.path(), resource + RESOURCE.length()));
    }
  }

  private static String standIn(String path, int end) {
    return path.length() > end + 1 ? path.substring(0, end) + "/-" : path.substring(0, end);
  }

  void explain(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(RouterEdge::explain);
  }

  private static void explain(RoutingContext context) {
    int status = context.statusCode();
    if (status < 400 || status > 499 || context.response().headWritten()) {
      context.next();
    } else {
      answer(context, status);
    }
  }

  private static void answer(RoutingContext context, int status) {
    JsonObject problem =
        new JsonObject()
            .put("title", reason(status))
            .put("status", status)
            .put("detail", detail(status));
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE.toString())
        .end(problem.toBuffer());
  }

  private static String reason(int status) {
    return Optional.ofNullable(Response.Status.fromStatusCode(status))
        .map(Response.Status::getReasonPhrase)
        .orElse("Client Error");
  }

  private static String detail(int status) {
    return status == BAD_REQUEST
        ? "The request line or the Host header is malformed; in a path, '%' must be followed by two"
            + " hexadecimal digits"
        : "There is nothing here; listen with GET and publish with POST at /events or"
            + " /events/{topic}";
  }
}
