package dev.allim.mercure;

import dev.allim.http.Bodies;
import dev.allim.http.problem.FailureAnswers;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.hub.spi.PublishRefusedException;
import dev.allim.limits.PublishRates;
import dev.allim.security.AccessRules;
import dev.allim.topic.Topic;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code POST}: an update is published, and answered by its id once the hub has it for good. */
@Singleton
class Publishing {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final NotificationHub hub;
  private final UpdateReader reader;
  private final Bodies bodies;
  private final PublishRates rates;
  private final AccessRules rules;
  private final Challenges challenges;
  private final FailureAnswers failures;

  Publishing(
      NotificationHub hub,
      UpdateReader reader,
      Bodies bodies,
      PublishRates rates,
      AccessRules rules,
      Challenges challenges,
      FailureAnswers failures) {
    this.hub = hub;
    this.reader = reader;
    this.bodies = bodies;
    this.rates = rates;
    this.rules = rules;
    this.challenges = challenges;
    this.failures = failures;
  }

  /** Answers the request. On its loop. */
  void handle(RoutingContext context, MercureCaller caller) {
    requirePublisher(caller);
    if (rates.areLimited()) {
      rates.requireAny(caller.publisher(context.request()));
    }
    Context loop = context.vertx().getOrCreateContext();
    bodies
        .read(context.request(), context.vertx(), body -> publish(context, caller, body))
        .emitOn(task -> loop.runOnContext(now -> task.run()))
        .subscribe()
        .with(id -> answer(context, id), failure -> failures.answer(context, failure));
  }

  private static void answer(RoutingContext context, String id) {
    context.response().putHeader(HttpHeaders.CONTENT_TYPE, TEXT).end(id);
  }

  private void requirePublisher(MercureCaller caller) {
    if (!rules.isOpen() && caller.token().isEmpty()) {
      throw challenges.nothingShown("Publishing needs a token");
    }
  }

  private CompletionStage<String> publish(
      RoutingContext context, MercureCaller caller, byte[] body) {
    Update update = reader.read(context.request(), body);
    Entry entry = reader.entry(context.request(), update);
    reader.requireComparable(entry);
    requireGrant(caller, update.topics());
    if (rates.areLimited()) {
      rates.take(caller.publisher(context.request()), 1, body.length);
    }
    return publish(entry)
        .exceptionallyCompose(
            failure ->
                isIdTaken(failure)
                    ? publish(reader.entry(context.request(), update.withoutId()))
                    : CompletableFuture.failedStage(failure));
  }

  private void requireGrant(MercureCaller caller, List<Topic> topics) {
    boolean granted = caller.token().filter(token -> token.mayPublish(topics)).isPresent();
    if (!granted && !rules.isOpen()) {
      throw challenges.insufficient("The token does not grant publishing to every topic");
    }
  }

  /** Some publishers give the same id again and again; then it is the hub's that counts. */
  private static boolean isIdTaken(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof PublishRefusedException refused
        && refused.reason() == PublishRefusedException.Cause.ID_TAKEN;
  }

  private CompletionStage<String> publish(Entry entry) {
    return hub.publish(new Publication(List.of(entry), Optional.empty()))
        .thenApply(accepted -> accepted.entries().get(0).id().value());
  }
}
