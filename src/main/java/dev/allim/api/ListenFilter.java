package dev.allim.api;

import dev.allim.http.AcceptedTypes;
import dev.allim.http.route.RawTarget;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * Decides between a stream and a page of history, in front of JAX-RS, which takes no {@code q=0}
 * for a refusal. Whoever does not say what it wants, as curl, gets the stream.
 */
@ApplicationScoped
class ListenFilter {
  /** Behind the door's own filter, before JAX-RS. */
  private static final int ORDER = 99_999;

  /** What browsers say who listen: there is nothing to decide. */
  private static final List<String> STREAM = List.of(MediaType.SERVER_SENT_EVENTS);

  void around(@Observes Filters filters) {
    filters.register(ListenFilter::decide, ORDER);
  }

  private static void decide(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (listens(request.method()) && EventsFacade.owns(RawTarget.of(context))) {
      List<String> accept = request.headers().getAll(HttpHeaders.ACCEPT);
      if (!accept.isEmpty() && !accept.equals(STREAM)) {
        request.headers().set(HttpHeaders.ACCEPT, choose(AcceptedTypes.of(accept)));
      }
    }
    context.next();
  }

  private static boolean listens(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private static String choose(AcceptedTypes accepted) {
    double stream = accepted.quality(MediaType.SERVER_SENT_EVENTS);
    double page = accepted.quality(MediaType.APPLICATION_JSON);
    if (stream > 0 && stream >= page) {
      return MediaType.SERVER_SENT_EVENTS;
    }
    return page > 0 ? MediaType.APPLICATION_JSON : StreamResource.NEITHER;
  }
}
