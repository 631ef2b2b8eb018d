package dev.allim.http.route;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;

/**
 * The path and the query of a request as they were sent, below the root of the server.
 *
 * @param path may be empty
 * @param query empty if there is none
 */
public record RawTarget(String path, String query) {
  private static final String KEY = RawTarget.class.getName();

  /** What the client sent, even if the request has been rerouted since. */
  public static RawTarget of(RoutingContext context) {
    return keptIn(context).orElseGet(() -> sentIn(context));
  }

  /** Present once somebody has kept it: the request may have been rerouted. */
  public static Optional<RawTarget> keptIn(RoutingContext context) {
    return Optional.ofNullable(context.get(KEY));
  }

  private static RawTarget sentIn(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = Objects.requireNonNullElse(request.path(), "");
    String root = root(context);
    return new RawTarget(
        path.startsWith(root) ? path.substring(root.length()) : path,
        Objects.requireNonNullElse(request.query(), ""));
  }

  /** What comes before every path, without a slash at its end; empty if nothing does. */
  public static String root(RoutingContext context) {
    String mountPoint = context.mountPoint();
    if (mountPoint == null) {
      return "";
    }
    return mountPoint.endsWith("/") ? mountPoint.substring(0, mountPoint.length() - 1) : mountPoint;
  }

  /** Both in one. */
  public String uri() {
    return path + '?' + query;
  }

  /** Keeps it with the request, whose own target may change from now on. */
  public void keepIn(RoutingContext context) {
    context.put(KEY, this);
  }
}
