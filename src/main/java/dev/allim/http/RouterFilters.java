package dev.allim.http;

import dev.allim.http.problem.RouterProblem;
import dev.allim.http.route.Facade;
import dev.allim.http.route.Facades;
import dev.allim.http.route.PlainPath;
import dev.allim.http.route.RawTarget;
import dev.allim.http.route.RequestTarget;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What happens around JAX-RS. In front of it, a topic that the router would read otherwise than it
 * was sent is taken out of its sight: JAX-RS gets a stand-in, and {@link RequestTarget} reads the
 * original. Behind it, what the router refuses by itself becomes a problem like any other and does
 * not reach the log, and a body that nobody wanted makes room for the connection's next request.
 */
@ApplicationScoped
class RouterFilters {
  private static final int BAD_REQUEST = 400;

  /** The router would fail over it. */
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** Before everything that looks at the path. */
  private static final int FIRST = 100_000;

  private final Facades facades;

  RouterFilters(Facades facades) {
    this.facades = facades;
  }

  void around(@Observes Filters filters) {
    filters.register(this::around, FIRST);
    filters.register(this::refuseBroken, RouterProblem.BEHIND_CORS);
  }

  private void around(RoutingContext context) {
    if (RawTarget.keptIn(context).isPresent()) {
      context.next();
    } else {
      Context loop = context.vertx().getOrCreateContext();
      context.addEndHandler(answered -> RequestBody.drop(context.request(), loop));
      forgetBrokenType(context.request().headers());
      route(context);
    }
  }

  /**
   * JAX-RS fails over a media type that is none, even where nobody asks for it, and wherever it
   * stands: of several fields only the first counts.
   */
  private static void forgetBrokenType(MultiMap headers) {
    List<String> types = headers.getAll(HttpHeaders.CONTENT_TYPE);
    if (!types.isEmpty() && !isMediaType(types.get(0))) {
      headers.remove(HttpHeaders.CONTENT_TYPE);
    } else if (types.size() > 1) {
      headers.set(HttpHeaders.CONTENT_TYPE, types.get(0));
    }
  }

  private static boolean isMediaType(String text) {
    try {
      return !MediaType.valueOf(text).getType().isEmpty();
    } catch (IllegalArgumentException broken) {
      return false;
    }
  }

  private void route(RoutingContext context) {
    RawTarget raw = RawTarget.of(context);
    raw.keepIn(context);
    Optional<Facade> facade = facades.at(raw.path());
    if (facade.flatMap(owner -> owner.below(raw.path())).filter(PlainPath::isNot).isPresent()) {
      context.reroute(RawTarget.root(context) + facade.orElseThrow().path() + "/-");
    } else {
      context.next();
    }
  }

  /** Of a path of no facade; those read theirs themselves. */
  private void refuseBroken(RoutingContext context) {
    String path = RawTarget.of(context).path();
    if (path.indexOf('%') >= 0
        && BROKEN_ESCAPE.matcher(path).find()
        && facades.at(path).isEmpty()) {
      answer(context, BAD_REQUEST);
    } else {
      context.next();
    }
  }

  void explain(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::explain);
  }

  private void explain(RoutingContext context) {
    int status = context.statusCode();
    if (status < 400 || status > 499 || context.response().headWritten()) {
      context.next();
    } else {
      answer(context, status);
    }
  }

  private void answer(RoutingContext context, int status) {
    RouterProblem.answer(context, status, detail(status));
  }

  private String detail(int status) {
    return status == BAD_REQUEST
        ? "The request line or the Host header is malformed; in a path, '%' must be followed by two"
            + " hexadecimal digits"
        : "There is nothing here; " + facades.usage();
  }
}
