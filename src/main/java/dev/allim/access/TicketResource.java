package dev.allim.access;

import dev.allim.http.problem.Problem;
import dev.allim.http.problem.ProblemException;
import dev.allim.http.route.Facade;
import dev.allim.security.AccessRules;
import dev.allim.security.AccessToken;
import dev.allim.security.Caller;
import dev.allim.security.Tickets;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** {@code POST /tickets}: a ticket for whoever shows a token. */
@Path(TicketResource.PATH)
public class TicketResource {
  static final String PATH = "/tickets";

  private final AccessRules rules;
  private final Tickets tickets;

  TicketResource(AccessRules rules, Tickets tickets) {
    this.rules = rules;
    this.tickets = tickets;
  }

  /** Where it is. */
  static class At {
    @jakarta.enterprise.inject.Produces
    @Singleton
    Facade tickets() {
      return new Facade(
          PATH,
          "get a ticket with POST at " + PATH,
          "POST, OPTIONS",
          Map.of(405, "This method is not possible here; use POST"));
    }
  }

  /** Makes one. */
  @POST
  @Produces(MediaType.APPLICATION_JSON)
  public Response issue(@Context RoutingContext context) {
    AccessToken token = rules.requireToken(Caller.of(context));
    Tickets.Issued issued =
        tickets
            .issue(token)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            Response.Status.SERVICE_UNAVAILABLE, "There are too many tickets now"),
                        Map.of("Retry-After", "10")));
    return Response.status(Response.Status.CREATED)
        .type(MediaType.APPLICATION_JSON)
        .header("Cache-Control", "no-store")
        .entity(
            "{\"ticket\":\"%s\",\"expires\":\"%s\"}\n".formatted(issued.text(), issued.expires()))
        .build();
  }
}
