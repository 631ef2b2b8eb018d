package dev.allim.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Objects;

/**
 * The path and the query of a request as they were sent.
 *
 * @param path may be empty
 * @param query empty if there is none
 */
record RawTarget(String path, String query) {
  private static final String KEY = RawTarget.class.getName();

  /** What the client sent, even if the request has been rerouted since. */
  static RawTarget of(RoutingContext context) {
    RawTarget kept = context.get(KEY);
    return kept != null ? kept : sentIn(context.request());
  }

  private static RawTarget sentIn(HttpServerRequest request) {
    return new RawTarget(
        Objects.requireNonNullElse(request.path(), ""),
        Objects.requireNonNullElse(request.query(), ""));
  }

  /** Both in one. */
  String uri() {
    return path + '?' + query;
  }

  /** Whether the router, which resolves {@code .} and {@code ..}, would change it. */
  boolean hasDots() {
    return path.contains("/.") || path.toLowerCase(Locale.ROOT).contains("/%2e");
  }

  /** Keeps it with the request, whose own target is about to change. */
  void keepIn(RoutingContext context) {
    context.put(KEY, this);
  }

  static boolean isKeptIn(RoutingContext context) {
    return context.get(KEY) != null;
  }
}
