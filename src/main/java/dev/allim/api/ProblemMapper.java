package dev.allim.api;

import dev.allim.hub.HubOverloadedException;
import dev.allim.notification.InvalidFieldException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns every failure of a request into a problem. A client's fault is answered and never logged.
 */
class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final String METHODS = "GET, HEAD, POST, OPTIONS";

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
          "GET answers text/event-stream, POST application/json; the Accept header admits neither";
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
}
