package dev.allim.access;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.allim.http.Bodies;
import dev.allim.http.problem.ProblemException;
import dev.allim.http.problem.ProblemType;
import dev.allim.http.route.Facade;
import dev.allim.security.AccessRules;
import dev.allim.security.Caller;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code /revocations}: an administrator takes tokens back, and sees which were. */
@Path(RevocationResource.PATH)
public class RevocationResource {
  static final String PATH = "/revocations";

  private static final String METHODS = "GET, HEAD, POST, OPTIONS";

  private final AccessRules rules;
  private final Bodies bodies;
  private final RevocationReader reader;
  private final Revocations revocations;

  RevocationResource(
      AccessRules rules, Bodies bodies, RevocationReader reader, Revocations revocations) {
    this.rules = rules;
    this.bodies = bodies;
    this.reader = reader;
    this.revocations = revocations;
  }

  /** Where it is. */
  static class At {
    @jakarta.enterprise.inject.Produces
    @Singleton
    Facade revocations() {
      return new Facade(
          PATH,
          "revoke tokens with POST at " + PATH,
          METHODS,
          Map.of(
              405,
              "This method is not possible here; use " + METHODS,
              406,
              "The answer is application/json, which the Accept header does not admit",
              415,
              "POST " + PATH + " takes application/json"));
    }
  }

  /** Takes back what the body says. */
  @POST
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Response> revoke(@Context RoutingContext context) {
    rules.requireAdmin(Caller.of(context));
    requireJson(context.request());
    return bodies.read(
        context.request(),
        context.vertx(),
        body ->
            CompletableFuture.supplyAsync(
                () -> revoke(body), Infrastructure.getDefaultWorkerPool()));
  }

  private static void requireJson(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!plain.equals(MediaType.APPLICATION_JSON)) {
      throw new NotSupportedException();
    }
  }

  private Response revoke(byte[] body) {
    Revocation revocation = reader.read(body);
    Revocations.Kept kept = revocations.revoke(revocation).orElseThrow(this::noRoom);
    return json(Response.status(Response.Status.CREATED), document(kept));
  }

  private ProblemException noRoom() {
    return new ProblemException(
        ProblemType.NO_ROOM
            .says(
                "There are as many revocations as allim.auth.revocations.most says; one that names"
                    + " no token but a moment ('before') does the work of many")
            .withLimit(revocations.most(), "revocations"));
  }

  /** All that count now. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response list(@Context RoutingContext context) {
    rules.requireAdmin(Caller.of(context));
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode all = document.putArray("revocations");
    revocations.all().forEach(kept -> all.add(document(kept)));
    return json(Response.ok(), document);
  }

  private static Response json(Response.ResponseBuilder response, ObjectNode document) {
    return response
        .type(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(document + "\n")
        .build();
  }

  private static ObjectNode document(Revocations.Kept kept) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    Revocation said = kept.revocation();
    said.issuer().ifPresent(name -> document.put(RevocationReader.ISSUER, name));
    said.subject().ifPresent(name -> document.put(RevocationReader.SUBJECT, name));
    said.tokenId().ifPresent(id -> document.put(RevocationReader.TOKEN_ID, id));
    said.before().ifPresent(end -> document.put(RevocationReader.BEFORE, end.toString()));
    return document.put("forgotten", kept.until().toString());
  }
}
