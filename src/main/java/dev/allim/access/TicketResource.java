package dev.allim.access;

import dev.allim.http.route.Facade;
import dev.allim.security.AccessRules;
import dev.allim.security.AccessToken;
import dev.allim.security.Caller;
import dev.allim.security.Tickets;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** {@code POST /tickets}: a ticket for whoever shows a token. */
@Path(TicketResource.PATH)
public class TicketResource {
  static final String PATH = "/tickets";

  private static final String METHODS = "POST, OPTIONS";

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
          METHODS,
          Map.of(405, "This method is not possible here; use POST"));
    }
  }

  /** JAX-RS by itself would tell of a {@code HEAD}, too. */
  @OPTIONS
  public Response methods() {
    return Response.ok().header(HttpHeaders.ALLOW, METHODS).build();
  }

  /** Makes one. */
  @POST
  @Produces(MediaType.APPLICATION_JSON)
  public Response issue(@Context RoutingContext context) {
    AccessToken token = rules.requireToken(Caller.of(context));
    Tickets.Issued issued = tickets.issue(token);
    return Response.status(Response.Status.CREATED)
        .type(MediaType.APPLICATION_JSON)
        .header("Cache-Control", "no-store")
        .entity(
            "{\"ticket\":\"%s\",\"expires\":\"%s\"}\n".formatted(issued.text(), issued.expires()))
        .build();
  }
}
