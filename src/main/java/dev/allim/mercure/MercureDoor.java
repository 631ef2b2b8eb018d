package dev.allim.mercure;

import dev.allim.http.problem.FailureAnswers;
import dev.allim.http.problem.Problem;
import dev.allim.http.problem.ProblemException;
import dev.allim.mercure.topic.HubUrl;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Where Mercure's requests come in: in front of JAX-RS, which would have a say in their paths and
 * media types. Nothing of it is there while it is off.
 */
@Singleton
class MercureDoor {
  private static final String METHODS = "GET, HEAD, QUERY, POST, OPTIONS";
  private static final String METHODS_OF_PAGES = "GET, HEAD, OPTIONS";

  /** Before the routes of JAX-RS and of files. */
  private static final int EARLY = 0;

  private static final Logger LOG = Logger.getLogger(MercureDoor.class);
  private static final HttpMethod QUERY = HttpMethod.valueOf("QUERY");

  private final Guard guard;
  private final Publishing publishing;
  private final Subscribing subscribing;
  private final SubscriptionPages pages;
  private final FailureAnswers failures;

  MercureDoor(
      Guard guard,
      Publishing publishing,
      Subscribing subscribing,
      SubscriptionPages pages,
      FailureAnswers failures) {
    this.guard = guard;
    this.publishing = publishing;
    this.subscribing = subscribing;
    this.pages = pages;
    this.failures = failures;
  }

  /** Opens it, if it is to be. */
  @Singleton
  static class Opening {
    void open(
        @Observes Router router,
        MercureConfig config,
        Instance<MercureDoor> door,
        Instance<Metadata> metadata) {
      if (config.isOn()) {
        router.route(HubUrl.PATH).order(EARLY).handler(door.get()::enter);
        config
            .url()
            .ifPresent(
                known -> router.get(Metadata.PATH).order(EARLY).handler(metadata.get()::handle));
        if (config.subscriptions()) {
          router
              .route(HubUrl.PATH + SubscriptionDocuments.PATH + "*")
              .order(EARLY)
              .handler(door.get()::enterPages);
        }
        LOG.infof(
            "Mercure is spoken at %s draft-07=%s anonymous=%s subscriptions=%s",
            config.url().orElse(HubUrl.PATH),
            config.knowsDraft07(),
            config.anonymous(),
            config.subscriptions());
      }
    }
  }

  private void enter(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (method.equals(HttpMethod.POST)) {
      guard.let(context, publishing::handle);
    } else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      guard.let(context, subscribing::handle);
    } else if (method.equals(QUERY)) {
      guard.let(context, subscribing::handleQuery);
    } else {
      refuse(context, METHODS, "Listen with GET or QUERY and publish with POST");
    }
  }

  private void enterPages(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      guard.let(context, pages::handle);
    } else {
      refuse(context, METHODS_OF_PAGES, "See who subscribes with GET");
    }
  }

  private void refuse(RoutingContext context, String methods, String detail) {
    if (context.request().method().equals(HttpMethod.OPTIONS)) {
      context.response().setStatusCode(204).putHeader(HttpHeaders.ALLOW, methods).end();
    } else {
      failures.answer(
          context,
          new ProblemException(
              Problem.of(Response.Status.METHOD_NOT_ALLOWED, detail),
              Map.of(HttpHeaders.ALLOW, methods)));
    }
  }
}
