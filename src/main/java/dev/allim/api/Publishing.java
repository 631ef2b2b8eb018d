package dev.allim.api;

import dev.allim.http.Bodies;
import dev.allim.http.Fingerprint;
import dev.allim.http.NotificationFactory;
import dev.allim.http.route.RawTarget;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.hub.spi.Publication.Idempotency;
import dev.allim.hub.spi.PublishResult;
import dev.allim.limits.PublishRates;
import dev.allim.notification.TraceParent;
import dev.allim.security.AccessRules;
import dev.allim.security.Caller;
import dev.allim.topic.Topic;
import dev.allim.wire.ClientAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What every request that publishes goes through, whatever its form: who asks, how much they may,
 * the body, the grant for each topic, and the hub. On the request's loop.
 */
@Singleton
class Publishing {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final String TRACE_PARENT = "traceparent";

  private final NotificationHub hub;
  private final NotificationFactory factory;
  private final Bodies bodies;
  private final PublishRates rates;
  private final AccessRules rules;

  Publishing(
      NotificationHub hub,
      NotificationFactory factory,
      Bodies bodies,
      PublishRates rates,
      AccessRules rules) {
    this.hub = hub;
    this.factory = factory;
    this.bodies = bodies;
    this.rates = rates;
    this.rules = rules;
  }

  /**
   * What became of a publication.
   *
   * @param accepted what the hub says
   * @param publication what it was given
   */
  record Published(PublishResult accepted, Publication publication) {
    /** The answer to each entry, as JSON documents in order. */
    List<String> documents() {
      return PublishedDocument.documents(accepted.entries(), publication);
    }
  }

  /** Answers by the body, if whoever asks may publish at all. */
  <T> Uni<T> withBody(RoutingContext context, Function<byte[], CompletionStage<T>> answer) {
    admit(context);
    return bodies.read(context.request(), context.vertx(), answer);
  }

  /** The same, see {@link Bodies#take}. */
  <T> CompletionStage<T> takingBody(
      RoutingContext context, Function<byte[], CompletionStage<T>> answer) {
    admit(context);
    return bodies.take(context.request(), context.vertx(), answer);
  }

  private void admit(RoutingContext context) {
    rules.requirePublisher(Caller.of(context));
    if (rates.areLimited()) {
      rates.requireAny(publisher(context));
    }
  }

  /** Before anything is changed. */
  void count(RoutingContext context, int notifications, int bytes) {
    if (rates.areLimited()) {
      rates.take(publisher(context), notifications, bytes);
    }
  }

  private static String publisher(RoutingContext context) {
    return Caller.of(context).publisher().orElseGet(() -> ClientAddress.of(context.request()));
  }

  /** Publishes what was read from this body; {@code answer} is made on the request's loop. */
  <T> CompletionStage<T> publish(
      RoutingContext context, byte[] body, List<Entry> entries, Function<Published, T> answer) {
    factory.requireComparable(entries);
    Caller caller = Caller.of(context);
    rules.requirePublish(caller, topics(entries));
    count(context, entries.size(), body.length);
    Publication anybodys =
        new Publication(traced(context.request(), entries), idempotency(context, body));
    Publication publication = caller.publisher().map(anybodys::by).orElse(anybodys);
    return hub.publish(publication)
        .thenApplyAsync(
            accepted -> answer.apply(new Published(accepted, publication)), loop(context));
  }

  private static List<Topic> topics(List<Entry> entries) {
    return entries.stream().flatMap(entry -> entry.notification().topics().stream()).toList();
  }

  /**
   * Answers are made where their requests are at home, so that the hub's writer has only to write.
   */
  static Executor loop(RoutingContext context) {
    Context loop = context.vertx().getOrCreateContext();
    return answer -> loop.runOnContext(now -> answer.run());
  }

  /** Two of the header are none: nobody knows which one counts. */
  private static List<Entry> traced(HttpServerRequest request, List<Entry> entries) {
    List<String> parents = request.headers().getAll(TRACE_PARENT);
    return parents.size() == 1
        ? TraceParent.parse(parents.get(0))
            .map(parent -> entries.stream().map(entry -> entry.tracedBy(parent)).toList())
            .orElse(entries)
        : entries;
  }

  private Optional<Idempotency> idempotency(RoutingContext context, byte[] body) {
    return Optional.ofNullable(context.request().getHeader(IDEMPOTENCY_KEY))
        .map(key -> factory.idempotency(key, Fingerprint.of(RawTarget.of(context).uri(), body)));
  }
}
