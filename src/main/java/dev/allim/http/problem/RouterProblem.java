package dev.allim.http.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** A problem that is told before JAX-RS has seen the request. */
public final class RouterProblem {
  /** Where to: Quarkus' own filter for CORS, at 300, has then said who may read the answer. */
  public static final int BEHIND_CORS = 299;

  private RouterProblem() {}

  /** Answers with it. */
  public static void answer(RoutingContext context, int status, String detail) {
    JsonObject problem =
        new JsonObject().put("title", reason(status)).put("status", status).put("detail", detail);
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE.toString())
        .end(problem.toBuffer());
  }

  private static String reason(int status) {
    return Optional.ofNullable(Response.Status.fromStatusCode(status))
        .map(Response.Status::getReasonPhrase)
        .orElse("Client Error");
  }
}
