package dev.allim.http.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What went wrong, for the person who sent the request (RFC 9457).
 *
 * @param type which kind of problem, as the address of what is said of it; absent where it is none
 *     but that of its status ({@code about:blank})
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail what is wrong, and what would be accepted
 * @param field the part of the request that is at fault
 * @param index the place of the faulty item in a batch, from 0
 * @param limit the limit that was passed
 * @param unit what the limit counts
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Problem(
    Optional<String> type,
    String title,
    int status,
    String detail,
    Optional<String> field,
    OptionalInt index,
    OptionalLong limit,
    Optional<String> unit) {
  /** The media type of RFC 9457. */
  public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

  /** A problem with the request as a whole. */
  public static Problem of(Response.StatusType status, String detail) {
    return new Problem(Optional.empty(), status.getReasonPhrase(), status.getStatusCode(), detail);
  }

  public static Problem of(ProblemType type, String detail) {
    return new Problem(Optional.of(type.uri()), type.title(), type.status(), detail);
  }

  private Problem(Optional<String> type, String title, int status, String detail) {
    this(
        type,
        title,
        status,
        detail,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  /** The same, with one field, in the words of whoever sent it. */
  public Problem withField(String name) {
    return new Problem(type, title, status, detail, Optional.of(name), index, limit, unit);
  }

  /** The same, with the limit that was passed, and what it counts, such as {@code bytes}. */
  public Problem withLimit(long passed, String counted) {
    return new Problem(
        type, title, status, detail, field, index, OptionalLong.of(passed), Optional.of(counted));
  }

  /** The same, at an item of a batch. */
  public Problem atIndex(int item) {
    return new Problem(type, title, status, detail, field, OptionalInt.of(item), limit, unit);
  }

  /** The answer that says it. */
  public Response response() {
    return Response.status(status).type(MEDIA_TYPE).entity(this).build();
  }

  /** The same, and when to come back. */
  public Response response(Duration retryAfter) {
    return Response.fromResponse(response())
        .header(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.toSeconds()))
        .build();
  }
}
