package dev.allim.api;

import dev.allim.history.LogUnavailableException;
import dev.allim.hub.HubOverloadedException;
import dev.allim.hub.PublishRefusedException;
import dev.allim.notification.InvalidFieldException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns every failure of a request into a problem. A client's fault is answered and never logged.
 */
class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final Duration LOG_MAY_BE_BACK = Duration.ofSeconds(5);
  private static final Response.StatusType UNPROCESSABLE = new Unprocessable();
  private static final String METHODS = "GET, HEAD, POST, DELETE, OPTIONS";

  @ServerExceptionMapper
  Response problem(ProblemException failure) {
    return failure.problem().response();
  }

  @ServerExceptionMapper
  Response invalid(InvalidFieldException failure) {
    return Problem.inField(Response.Status.BAD_REQUEST, failure.field(), failure.getMessage())
        .response();
  }

  @ServerExceptionMapper
  Response overloaded(HubOverloadedException failure) {
    return Problem.of(Response.Status.SERVICE_UNAVAILABLE, failure.getMessage())
        .response(failure.retryAfter());
  }

  @ServerExceptionMapper
  Response contradicted(PublishRefusedException failure) {
    boolean taken = failure.reason() == PublishRefusedException.Cause.ID_TAKEN;
    Problem problem =
        Problem.inField(
            taken ? Response.Status.CONFLICT : UNPROCESSABLE,
            taken ? "id" : "idempotencyKey",
            failure.getMessage());
    return (failure.index().isPresent() ? problem.atIndex(failure.index().getAsInt()) : problem)
        .response();
  }

  @ServerExceptionMapper
  Response unavailable(LogUnavailableException failure) {
    return Problem.of(Response.Status.SERVICE_UNAVAILABLE, failure.getMessage())
        .response(LOG_MAY_BE_BACK);
  }

  /** What JAX-RS refuses itself: no such path, method, media type. */
  @ServerExceptionMapper
  Response refused(WebApplicationException failure, HttpServerRequest request) {
    Response.StatusType status = failure.getResponse().getStatusInfo();
    if (status.getFamily() != Response.Status.Family.CLIENT_ERROR) {
      return failed(failure);
    }
    Response response = Problem.of(status, expected(status, request)).response();
    return failure instanceof NotAllowedException
        ? Response.fromResponse(response).header(HttpHeaders.ALLOW, METHODS).build()
        : response;
  }

  private static String expected(Response.StatusType status, HttpServerRequest request) {
    return switch (status.getStatusCode()) {
      case 404 ->
          "There is nothing at %s; listen with GET and publish with POST at /events or /events/{topic}"
              .formatted(request.path());
      case 405 -> "%s is not possible here; use %s".formatted(request.method(), METHODS);
      case 406 ->
          "GET answers text/event-stream or application/json, POST application/json; the Accept header"
              + " admits neither";
      case 415 ->
          "POST /events takes application/json or application/x-ndjson; POST /events/{topic} takes any"
              + " media type";
      default -> "The request could not be understood";
    };
  }

  @ServerExceptionMapper
  Response failed(Throwable failure) {
    LOG.error("A request failed; this is a fault of the hub", failure);
    return Problem.of(
            Response.Status.INTERNAL_SERVER_ERROR,
            "The hub failed; its log says why. It is safe to try again")
        .response();
  }

  /** 422, which JAX-RS has no name for (RFC 9110, 15.5.21). */
  private static final class Unprocessable implements Response.StatusType {
    @Override
    public int getStatusCode() {
      return 422;
    }

    @Override
    public Response.Status.Family getFamily() {
      return Response.Status.Family.CLIENT_ERROR;
    }

    @Override
    public String getReasonPhrase() {
      return "Unprocessable Content";
    }
  }
}
