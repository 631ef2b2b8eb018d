package dev.allim.http.problem;

import dev.allim.http.route.Facade;
import dev.allim.http.route.Facades;
import dev.allim.http.route.RawTarget;
import dev.allim.hub.HubOverloadedException;
import dev.allim.hub.spi.PublishRefusedException;
import dev.allim.log.LogUnavailableException;
import dev.allim.text.InvalidFieldException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns every failure of a request into a problem. A client's fault is answered and never logged.
 */
class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final String BYTES = "bytes";
  private static final Duration LOG_MAY_BE_BACK = Duration.ofSeconds(5);

  /** As many clients as there are may be refused. */
  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

  private final Facades facades;
  private final Clock clock;
  private final AtomicLong warned = new AtomicLong();

  ProblemMapper(Facades facades, Clock clock) {
    this.facades = facades;
    this.clock = clock;
  }

  @ServerExceptionMapper
  Response problem(ProblemException failure) {
    Response.ResponseBuilder response = Response.fromResponse(failure.problem().response());
    failure.headers().forEach(response::header);
    failure.written().ifPresent(json -> response.entity(json.getBytes(StandardCharsets.UTF_8)));
    return response.build();
  }

  @ServerExceptionMapper
  Response invalid(InvalidFieldException failure) {
    return ProblemType.INVALID_FIELD.inField(failure.field(), failure.getMessage()).response();
  }

  @ServerExceptionMapper
  Response overloaded(HubOverloadedException failure) {
    return ProblemType.OVERLOADED.says(failure.getMessage()).response(failure.retryAfter());
  }

  @ServerExceptionMapper
  Response contradicted(PublishRefusedException failure) {
    String why = failure.getMessage();
    Problem problem =
        switch (failure.reason()) {
          case ID_TAKEN -> ProblemType.ID_TAKEN.inField("id", why);
          case KEY_REUSED -> ProblemType.KEY_REUSED.inField("idempotencyKey", why);
          case NO_ROOM_TO_WAIT -> ProblemType.NO_ROOM.inField("delay", why);
          case NO_ROOM_FOR_KEYS -> ProblemType.NO_ROOM.inField("idempotencyKey", why);
        };
    return where(problem, failure).response();
  }

  private static Problem where(Problem problem, PublishRefusedException failure) {
    Problem limited =
        failure.limit().isPresent()
            ? problem.withLimit(failure.limit().getAsLong(), BYTES)
            : problem;
    return failure.index().isPresent() ? limited.atIndex(failure.index().getAsInt()) : limited;
  }

  @ServerExceptionMapper
  Response unavailable(LogUnavailableException failure) {
    long now = clock.millis();
    long before = warned.get();
    if (now - before >= BETWEEN_WARNINGS.toMillis() && warned.compareAndSet(before, now)) {
      LOG.warnf("Clients are answered 503. %s", failure.getMessage());
    }
    return ProblemType.LOG_UNAVAILABLE.says(failure.toClients()).response(LOG_MAY_BE_BACK);
  }

  /** What JAX-RS refuses itself: no such path, method, media type. */
  @ServerExceptionMapper
  Response refused(WebApplicationException failure, RoutingContext context) {
    Response.StatusType status = failure.getResponse().getStatusInfo();
    if (status.getFamily() != Response.Status.Family.CLIENT_ERROR) {
      return failed(failure, context);
    }
    String path = RawTarget.of(context).path();
    Optional<Facade> facade = facades.at(path);
    Response response = Problem.of(status, expected(status.getStatusCode(), path)).response();
    return failure instanceof NotAllowedException && facade.isPresent()
        ? Response.fromResponse(response)
            .header(HttpHeaders.ALLOW, facade.orElseThrow().methods())
            .build()
        : response;
  }

  private String expected(int status, String path) {
    return status == Response.Status.NOT_FOUND.getStatusCode()
        ? "There is nothing at %s; %s".formatted(path, facades.usage())
        : facades
            .at(path)
            .flatMap(facade -> facade.adviceFor(status))
            .orElse("The request could not be understood");
  }

  /** A client that hangs up is no fault of the hub, and hears no answer. */
  @ServerExceptionMapper
  Response failed(Throwable failure, RoutingContext context) {
    if (failure instanceof IOException || context.response().closed()) {
      LOG.debug("A client has gone before its answer", failure);
    } else {
      LOG.error("A request failed; this is a fault of the hub", failure);
    }
    return Problem.of(
            Response.Status.INTERNAL_SERVER_ERROR,
            "The hub failed; its log says why. It is safe to try again")
        .response();
  }
}
