package dev.allim.mercure;

import dev.allim.http.Bodies;
import dev.allim.http.problem.FailureAnswers;
import dev.allim.http.route.RawTarget;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.StartAt;
import dev.allim.sse.EventStreams;
import dev.allim.sse.StreamTerms;
import dev.allim.topic.TopicFilter;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletableFuture;

/** {@code GET} and {@code QUERY}: a stream of updates. */
@Singleton
class Subscribing {
  private static final String NEVER_CACHED =
      "private, no-cache, no-store, no-transform, must-revalidate, max-age=0";

  /** Where the stream begins, by draft 08 and by draft 07. */
  private static final String PLACE = "Mercure-Last-Event-ID";

  private static final String PLACE_OF_OLD = "Last-Event-ID";

  private final NotificationHub hub;
  private final EventStreams streams;
  private final Wanted wanted;
  private final MercureConfig config;
  private final Bodies bodies;
  private final Challenges challenges;
  private final FailureAnswers failures;

  Subscribing(
      NotificationHub hub,
      EventStreams streams,
      Wanted wanted,
      MercureConfig config,
      Bodies bodies,
      Challenges challenges,
      FailureAnswers failures) {
    this.hub = hub;
    this.streams = streams;
    this.wanted = wanted;
    this.config = config;
    this.bodies = bodies;
    this.challenges = challenges;
    this.failures = failures;
  }

  private static boolean isKnown(String name) {
    return Wanted.isKnown(name) || Cursor.PARAMETERS.contains(name);
  }

  /** Answers a request that says all in its URL. On its loop. */
  void handle(RoutingContext context, MercureCaller caller) {
    requireSubscriber(caller);
    serve(context, caller, query(context));
  }

  /** Answers a request that may say more in its body: {@code QUERY}. On its loop. */
  void handleQuery(RoutingContext context, MercureCaller caller) {
    requireSubscriber(caller);
    bodies
        .read(
            context.request(),
            context.vertx(),
            body -> CompletableFuture.completedFuture(query(context).and(form(context, body))))
        .subscribe()
        .with(
            asked -> guarded(context, () -> serve(context, caller, asked)),
            failure -> failures.answer(context, failure));
  }

  private static Form query(RoutingContext context) {
    return Form.ofQuery(RawTarget.of(context).query(), Subscribing::isKnown);
  }

  private static Form form(RoutingContext context, byte[] body) {
    Form.require(context.request());
    return Form.of(body, Subscribing::isKnown);
  }

  private void guarded(RoutingContext context, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      failures.answer(context, failure);
    }
  }

  private void serve(RoutingContext context, MercureCaller caller, Form query) {
    TopicFilter filter = wanted.filter(query).within(caller.audience());
    Cursor cursor = Cursor.of(context.request(), query);
    StreamTerms terms =
        new StreamTerms(
            filter,
            Dialect.BARE,
            cursor.start(),
            caller.entitlement(),
            caller.identity(),
            wanted.told(query, caller));
    if (cursor.isAsked()) {
      hub.locate(cursor.start(), filter)
          .whenComplete(
              (located, failure) -> {
                if (failure == null) {
                  tell(context.response(), located);
                  guarded(context, () -> open(context, terms.from(located)));
                } else {
                  failures.answer(context, failure);
                }
              });
    } else {
      open(context, terms);
    }
  }

  private void requireSubscriber(MercureCaller caller) {
    if (!config.anonymous() && caller.token().isEmpty()) {
      throw challenges.nothingShown("Listening needs a token");
    }
  }

  private void tell(HttpServerResponse response, StartAt.Located located) {
    String place = Cursor.told(located);
    response.putHeader(PLACE, place);
    if (config.knowsDraft07()) {
      response.putHeader(PLACE_OF_OLD, place);
    }
  }

  private void open(RoutingContext context, StreamTerms terms) {
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS)
            .putHeader(HttpHeaders.CACHE_CONTROL, NEVER_CACHED)
            .putHeader("X-Accel-Buffering", "no");
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      streams.serve(context, terms);
    }
  }
}
