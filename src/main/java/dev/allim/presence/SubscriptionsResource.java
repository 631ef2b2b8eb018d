package dev.allim.presence;

import dev.allim.http.Fingerprint;
import dev.allim.http.NotificationFactory;
import dev.allim.http.problem.Problem;
import dev.allim.http.problem.ProblemException;
import dev.allim.http.route.Facade;
import dev.allim.http.route.RequestTarget;
import dev.allim.security.AccessRules;
import dev.allim.security.Caller;
import dev.allim.text.InvalidFieldException;
import dev.allim.wire.LongAnswers;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code GET /subscriptions}: who is there, for whoever may know. */
@Path(SubscriptionsResource.PATH)
public class SubscriptionsResource {
  static final String PATH = "/subscriptions";

  private static final String METHODS = "GET, HEAD, OPTIONS";
  private static final String LIMIT = "limit";
  private static final String AFTER = "after";
  private static final int MOST = 1000;
  private static final int USUAL = 100;

  /** What a page takes at most, as text and as bytes. */
  private static final long BYTES = 6L << 20;

  private static final Facade FACADE =
      new Facade(
          PATH,
          "see who listens with GET at " + PATH,
          METHODS,
          Map.of(
              405,
              "This method is not possible here; use " + METHODS,
              406,
              "GET answers application/json; the Accept header does not admit it"));

  private final WhoIsThere everybody;
  private final AccessRules rules;
  private final NotificationFactory factory;
  private final ListedJson json;
  private final LongAnswers answers;

  SubscriptionsResource(
      WhoIsThere everybody,
      AccessRules rules,
      NotificationFactory factory,
      ListedJson json,
      LongAnswers answers) {
    this.everybody = everybody;
    this.rules = rules;
    this.factory = factory;
    this.json = json;
    this.answers = answers;
  }

  /** Where it is. */
  static class At {
    @jakarta.enterprise.inject.Produces
    @Singleton
    Facade subscriptions() {
      return FACADE;
    }
  }

  /** What is asked for. */
  private record Asked(AskedTopics topics, Optional<UUID> after, int limit) {}

  /** A page. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Response> list(@Context RoutingContext context, @Context Request conditions) {
    RequestTarget target = RequestTarget.of(FACADE, context);
    requireMayKnow(Caller.of(context));
    Asked asked = asked(target);
    return answers.when(
        context,
        BYTES,
        () ->
            Uni.createFrom()
                .completionStage(
                    () ->
                        everybody.page(
                            asked.topics(),
                            asked.after(),
                            asked.limit(),
                            Infrastructure.getDefaultWorkerPool()))
                .map(page -> response(json.bytes(page.withoutAsked()), conditions)));
  }

  /**
   * Where tokens mean something, an administrator and who was granted to listen to it; otherwise
   * who may do anything at all.
   */
  private void requireMayKnow(Caller caller) {
    if (!rules.knowsGrants() && !rules.isOpen()) {
      throw new ProblemException(
          Problem.of(
              Response.Status.FORBIDDEN,
              "Who is there is told to nobody, as this hub has no key: whoever runs it sets"
                  + " allim.auth.secret, with which tokens are made"));
    }
    if (rules.knowsGrants() && !caller.grant().maySee(Presence.TOPIC)) {
      rules.requireAdmin(caller);
    }
  }

  private Asked asked(RequestTarget target) {
    target.allow(List.of("topic", LIMIT, AFTER));
    List<String> topics =
        target.all("topic").stream().map(topic -> topic.replace("{ ", "{+")).toList();
    return new Asked(
        new AskedTopics(topics.isEmpty() ? List.of() : List.copyOf(factory.matchers(topics))),
        target.one(AFTER).map(SubscriptionsResource::id),
        target.one(LIMIT).map(SubscriptionsResource::limit).orElse(USUAL));
  }

  private static UUID id(String text) {
    return Listed.id(text)
        .orElseThrow(
            () ->
                new InvalidFieldException(
                    AFTER, "after must be the id of a subscription, as 'next' of a page has it"));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException malformed) {
      // told below
    }
    throw new InvalidFieldException(LIMIT, "limit must be a number from 1 to %d".formatted(MOST));
  }

  private static Response response(byte[] page, Request conditions) {
    EntityTag tag = new EntityTag(Fingerprint.of("", page).substring(0, 32));
    Response.ResponseBuilder unchanged = conditions.evaluatePreconditions(tag);
    Response.ResponseBuilder response =
        unchanged != null ? unchanged : Response.ok(page, MediaType.APPLICATION_JSON_TYPE);
    return response
        .tag(tag)
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header(HttpHeaders.VARY, "Authorization, Cookie")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
