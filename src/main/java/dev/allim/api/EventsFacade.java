package dev.allim.api;

import dev.allim.http.route.Facade;
import dev.allim.http.route.RawTarget;
import dev.allim.http.route.RequestTarget;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** Where this facade is, and what it says of itself. */
class EventsFacade {
  static final String PATH = "/events";

  private static final String METHODS = "GET, HEAD, POST, DELETE, OPTIONS";

  private static final Facade FACADE =
      new Facade(
          PATH,
          "listen with GET and publish with POST at /events or /events/{topic}",
          METHODS,
          Map.of(
              405,
              "This method is not possible here; use " + METHODS,
              406,
              "GET answers text/event-stream or application/json, POST application/json; the Accept"
                  + " header admits neither",
              415,
              "POST /events takes application/json, application/x-ndjson or CloudEvents; POST"
                  + " /events/{topic} takes any media type"));

  @Produces
  @Singleton
  Facade facade() {
    return FACADE;
  }

  /** A request for all topics, or for those that its parameters name. */
  static RequestTarget all(RoutingContext context) {
    return RequestTarget.of(FACADE, context);
  }

  /** A request for the topic in its path. */
  static RequestTarget topic(RoutingContext context) {
    return RequestTarget.below(FACADE, context);
  }

  /** Whether a request is for this facade. */
  static boolean owns(RawTarget target) {
    return FACADE.owns(target.path());
  }

  /** Either. */
  static RequestTarget target(RoutingContext context, boolean topicInPath) {
    return topicInPath ? topic(context) : all(context);
  }
}
