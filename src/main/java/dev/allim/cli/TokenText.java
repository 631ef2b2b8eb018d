package dev.allim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Reads what a token says of itself; whether that is true is for the hub to judge. */
final class TokenText {
  private static final int PARTS = 3;
  private static final String EXPIRY = "exp";

  private TokenText() {}

  static Finding read(String jwt) {
    String[] parts = jwt.strip().split("\\.", -1);
    if (parts.length != PARTS) {
      return Finding.bad("the token is no JWT: it has no three parts with dots between");
    }
    try {
      JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
      return read(claims);
    } catch (IOException | IllegalArgumentException broken) {
      return Finding.bad("the token is no JWT: its claims cannot be read");
    }
  }

  private static Finding read(JsonNode claims) {
    if (!claims.path(EXPIRY).canConvertToLong() || !claims.path(EXPIRY).isNumber()) {
      return Finding.bad("the token has no exp, without which no hub takes it");
    }
    Duration left =
        Duration.between(Instant.now(), Instant.ofEpochSecond(claims.path(EXPIRY).asLong()));
    return left.isNegative()
        ? Finding.bad("the token has expired %s ago".formatted(plain(left.negated())))
        : Finding.ok(
            "the token says it is good for %s more, and grants %s%s"
                .formatted(plain(left), claims.path("allim"), name(claims)));
  }

  /** By which it can be revoked. */
  private static String name(JsonNode claims) {
    JsonNode id = claims.path("jti");
    return id.isTextual() ? "; its jti is %s".formatted(id) : "";
  }

  private static String plain(Duration time) {
    return time.toHours() >= 2
        ? time.toHours() + " hours"
        : time.toMinutes() >= 2 ? time.toMinutes() + " minutes" : time.toSeconds() + " seconds";
  }
}
