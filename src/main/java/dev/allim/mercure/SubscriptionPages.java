package dev.allim.mercure;

import dev.allim.http.Fingerprint;
import dev.allim.http.problem.FailureAnswers;
import dev.allim.http.problem.Problem;
import dev.allim.http.problem.ProblemException;
import dev.allim.http.route.RawTarget;
import dev.allim.hub.NotificationHub;
import dev.allim.mercure.topic.HubUrl;
import dev.allim.presence.Listed;
import dev.allim.presence.ListedPage;
import dev.allim.presence.WhoIsThere;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.wire.LongAnswers;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code GET} beneath the hub: who subscribes to what, for whoever was granted to know it. */
@Singleton
class SubscriptionPages {
  private static final String AFTER = "after";

  /** Streams on one page; whoever wants more goes on where it ends. */
  private static final int MOST = 1000;

  /** What a page takes at most, as text and as bytes. */
  private static final long BYTES = 12L << 20;

  /** How long the last update is looked for among those that are for others. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final WhoIsThere everybody;
  private final NotificationHub hub;
  private final HubUrl url;
  private final SubscriptionDocuments documents;
  private final boolean knowsDraft07;
  private final Challenges challenges;
  private final FailureAnswers failures;
  private final LongAnswers answers;

  SubscriptionPages(
      WhoIsThere everybody,
      NotificationHub hub,
      MercureConfig config,
      Challenges challenges,
      FailureAnswers failures,
      LongAnswers answers) {
    this.everybody = everybody;
    this.hub = hub;
    this.url = HubUrl.of(config.url());
    this.documents = new SubscriptionDocuments(url);
    this.knowsDraft07 = config.knowsDraft07();
    this.challenges = challenges;
    this.failures = failures;
    this.answers = answers;
  }

  /**
   * What was asked for.
   *
   * @param path which of them
   * @param name the path of the page, as the world knows it and as it was sent
   * @param token by whose right
   * @param after where the page before has ended
   */
  private record Asked(
      SubscriptionsPath path, String name, MercureToken token, Optional<UUID> after) {
    /** In the words of which draft the page is. */
    boolean isOld() {
      return path.matcher()
          .map(matcher -> matcher.kind().equals(SubscriptionDocuments.TOPIC))
          .orElse(token.isOld());
    }
  }

  /**
   * A page.
   *
   * @param cursor behind which updates tell of all that is not on it
   * @param next where the rest begins, if there is any
   */
  private record Page(JsonObject content, String cursor, Optional<String> next) {}

  /** Answers the request. On its loop. */
  void handle(RoutingContext context, MercureCaller caller) {
    Asked asked = asked(RawTarget.of(context), caller);
    Context loop = context.vertx().getOrCreateContext();
    answers
        .when(context, BYTES, () -> page(asked))
        .emitOn(task -> loop.runOnContext(now -> task.run()))
        .subscribe()
        .with(
            page -> answer(context, asked.isOld(), page),
            failure -> failures.answer(context, failure));
  }

  private Asked asked(RawTarget target, MercureCaller caller) {
    MercureToken token =
        caller
            .token()
            .orElseThrow(() -> challenges.nothingShown("To know who subscribes needs a token"));
    String root = HubUrl.PATH + SubscriptionDocuments.PATH;
    if (!target.path().startsWith(root)) {
      throw SubscriptionsPath.nothingThere();
    }
    String below = target.path().substring(root.length());
    SubscriptionsPath path = SubscriptionsPath.of(below, knowsDraft07);
    Topic name = new Topic(documents.root() + below);
    if (!token.maySee(name)) {
      throw challenges.insufficient("The token does not grant to subscribe to %s".formatted(name));
    }
    return new Asked(path, name.name(), token, after(target));
  }

  private static Optional<UUID> after(RawTarget target) {
    return Form.ofQuery(target.query(), AFTER::equals)
        .first(AFTER)
        .map(
            text ->
                Listed.id(text)
                    .orElseThrow(
                        () ->
                            new InvalidFieldException(
                                AFTER, "after must be what a link to the next page says")));
  }

  // ---- what is on it

  /** The cursor is read first: what happens meanwhile is told again rather than not at all. */
  private Uni<Page> page(Asked asked) {
    return Uni.createFrom()
        .item(() -> cursor(asked.token()))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .chain(cursor -> page(asked, cursor));
  }

  /** The newest update that the reader may know of. */
  private String cursor(MercureToken token) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    TopicFilter all = TopicFilter.everything().within(token.audience());
    try {
      return hub
          .history()
          .readBack(all, Optional.empty(), 1, () -> requireTime(until))
          .items()
          .stream()
          .findFirst()
          .map(newest -> newest.notification().id().value())
          .orElse(Cursor.EARLIEST);
    } catch (ProblemException tooLong) {
      return Cursor.EARLIEST;
    }
  }

  private static void requireTime(long until) {
    if (System.nanoTime() - until >= 0) {
      throw new ProblemException(
          Problem.of(Response.Status.SERVICE_UNAVAILABLE, "It takes too long"));
    }
  }

  private Uni<Page> page(Asked asked, String cursor) {
    SubscriptionsPath path = asked.path();
    return path.subscriber().isPresent()
        ? Uni.createFrom()
            .completionStage(
                () -> everybody.one(path.subscriber().get(), Infrastructure.getDefaultWorkerPool()))
            .map(found -> new Page(one(asked, found, cursor), cursor, Optional.empty()))
        : Uni.createFrom()
            .completionStage(
                () ->
                    everybody.page(
                        path, asked.after(), MOST, Infrastructure.getDefaultWorkerPool()))
            .map(found -> new Page(several(asked, found, cursor), cursor, found.next()));
  }

  private JsonObject one(Asked asked, Optional<Listed> found, String cursor) {
    JsonObject one =
        found.stream()
            .flatMap(listed -> documents(asked.path(), listed))
            .findFirst()
            .orElseThrow(SubscriptionsPath::nothingThere);
    return asked.isOld() ? one.put("lastEventID", cursor) : one;
  }

  private Stream<JsonObject> documents(SubscriptionsPath path, Listed listed) {
    return listed.asked().stream()
        .flatMap(List::stream)
        .filter(one -> path.isAbout(one.kind(), one.text()))
        .map(one -> documents.document(one.kind(), one.text(), one.payload(), listed.id(), true));
  }

  private JsonObject several(Asked asked, ListedPage found, String cursor) {
    JsonArray all = new JsonArray();
    found.items().stream().flatMap(listed -> documents(asked.path(), listed)).forEach(all::add);
    JsonObject page = new JsonObject();
    if (asked.isOld()) {
      all.forEach(one -> ((JsonObject) one).remove("@context"));
      page.put("@context", SubscriptionDocuments.CONTEXT)
          .put("id", asked.name())
          .put("type", "Subscriptions")
          .put("lastEventID", cursor);
    } else {
      page.put("id", asked.name()).put("type", "subscriptions");
    }
    return page.put("subscriptions", all);
  }

  // ---- how it is sent

  private void answer(RoutingContext context, boolean isOld, Page page) {
    byte[] body =
        Buffer.buffer(SubscriptionDocuments.wellFormed(page.content().encode())).getBytes();
    String tag = "\"%s\"".formatted(Fingerprint.of(page.cursor(), body).substring(0, 32));
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.ETAG, tag)
            .putHeader(HttpHeaders.LINK, links(isOld, page))
            .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache")
            .putHeader(HttpHeaders.VARY, "Authorization, Cookie");
    if (isKnown(context, tag)) {
      response.setStatusCode(Response.Status.NOT_MODIFIED.getStatusCode()).end();
      return;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, isOld ? "application/ld+json" : "application/json")
        .putHeader("X-Content-Type-Options", "nosniff");
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length)).end();
    } else {
      response.end(Buffer.buffer(body));
    }
  }

  private static boolean isKnown(RoutingContext context, String tag) {
    return context.request().headers().getAll(HttpHeaders.IF_NONE_MATCH).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(one -> one.strip().replaceFirst("^W/", ""))
        .anyMatch(one -> one.equals(tag) || one.equals("*"));
  }

  private List<String> links(boolean isOld, Page page) {
    String cursor = Cursor.inHeader(page.cursor()).replaceAll("[\"\\\\]", "\\\\$0");
    String toHub =
        "<%s>; rel=\"mercure\"; last-event-id=\"%s\"; %s"
            .formatted(
                url.path(),
                cursor,
                isOld
                    ? "content-type=\"application/ld+json\""
                    : "type=\"mercure\"; content-type=\"application/json\"");
    return Stream.concat(
            Stream.of(toHub),
            page.next().stream().map("<?%s=%%s>; rel=\"next\"".formatted(AFTER)::formatted))
        .toList();
  }
}
