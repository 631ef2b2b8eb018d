package dev.allim.mercure;

import dev.allim.http.problem.Problem;
import dev.allim.http.problem.ProblemException;
import dev.allim.mercure.topic.HubUrl;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refusals that say by {@code WWW-Authenticate} what is missing (RFC 6750, 3), and where it is said
 * what the hub takes (RFC 9728, 5).
 */
@Singleton
class Challenges {
  private final Optional<String> metadata;

  Challenges(MercureConfig config) {
    this.metadata = config.url().map(known -> Metadata.url(HubUrl.of(config.url())));
  }

  /** Nothing was shown. */
  ProblemException nothingShown(String detail) {
    return refusal(Response.Status.UNAUTHORIZED, detail, Optional.empty());
  }

  /** What was shown proves nothing; why is nobody's business. */
  ProblemException invalidToken() {
    return refusal(
        Response.Status.UNAUTHORIZED, "The token is not valid", Optional.of("invalid_token"));
  }

  /** What was shown does not grant that. */
  ProblemException insufficient(String detail) {
    return refusal(Response.Status.FORBIDDEN, detail, Optional.of("insufficient_scope"));
  }

  /** It was shown in a way in which it is not to be. */
  ProblemException misplaced(String detail) {
    return refusal(Response.Status.BAD_REQUEST, detail, Optional.of("invalid_request"));
  }

  private ProblemException refusal(Response.Status status, String detail, Optional<String> error) {
    String challenge =
        Stream.of(
                error.map("error=\"%s\""::formatted),
                metadata.map("resource_metadata=\"%s\""::formatted))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return new ProblemException(
        Problem.of(status, detail),
        Map.of(HttpHeaders.WWW_AUTHENTICATE, ("Bearer " + challenge).strip()));
  }
}
