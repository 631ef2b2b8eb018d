package dev.allim.api;

import dev.allim.http.Detour;
import dev.allim.http.route.RequestTarget;
import dev.allim.hub.NotificationHub;
import dev.allim.notification.EventId;
import dev.allim.security.Caller;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.Audience;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.NotFoundException;
import java.util.Optional;

/**
 * Looks up what a {@code since} names that may be anything, before the request comes to where
 * nothing may wait for a disk: an id that is kept, or a mistake that is to be told.
 */
@ApplicationScoped
class KnownIds {
  private static final String KEY = KnownIds.class.getName();

  /** Behind all that looks at the path or at who asks. */
  private static final int LATE = 10;

  private final NotificationHub hub;

  KnownIds(NotificationHub hub) {
    this.hub = hub;
  }

  void around(@Observes Filters filters) {
    filters.register(this::around, LATE);
  }

  private void around(RoutingContext context) {
    Optional<EventId> doubtful =
        context.request().method().equals(HttpMethod.POST) ? Optional.empty() : doubtful(context);
    if (doubtful.isEmpty()) {
      context.next();
    } else {
      lookUp(doubtful.get(), context);
    }
  }

  private static Optional<EventId> doubtful(RoutingContext context) {
    String query = context.request().query();
    if (query == null || !query.contains("since=")) {
      return Optional.empty();
    }
    try {
      RequestTarget target = target(context);
      target.keepIn(context);
      return target.one("since").flatMap(ListenRequest::doubtfulId);
    } catch (InvalidFieldException | NotFoundException told) {
      return Optional.empty(); // by whoever reads the request
    }
  }

  private static RequestTarget target(RoutingContext context) {
    return EventsFacade.target(context, !EventsFacade.PATH.equals(context.request().path()));
  }

  private void lookUp(EventId id, RoutingContext context) {
    Audience audience = Caller.of(context).audience();
    Detour.take(
        context,
        () -> hub.history().isKept(id, audience),
        kept -> {
          // a log that cannot be read is no reason to refuse
          context.put(KEY, kept.failed() || kept.result());
          context.next();
        });
  }

  /** Whether {@code since} names something that is kept. */
  static boolean isKnown(RoutingContext context) {
    return Boolean.TRUE.equals(context.get(KEY));
  }
}
