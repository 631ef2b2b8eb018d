package dev.allim.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.allim.http.StrictJson;
import dev.allim.http.route.UrlDecoding;
import dev.allim.security.AuthConfig;
import dev.allim.security.TokenVerifier;
import dev.allim.text.InvalidFieldException;
import dev.allim.text.PlainText;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Reads what an administrator asks for, and refuses what could not be meant. */
@Singleton
class RevocationReader {
  static final String ISSUER = "issuer";
  static final String SUBJECT = "sub";
  static final String TOKEN_ID = "jti";
  static final String BEFORE = "before";

  private static final List<String> KNOWN = List.of(ISSUER, SUBJECT, TOKEN_ID, BEFORE);

  /** What no token that is taken exceeds. */
  private static final int LONGEST_NAME = 255;

  private final TokenVerifier verifier;
  private final Duration leeway;
  private final Clock clock;

  RevocationReader(TokenVerifier verifier, AuthConfig config, Clock clock) {
    this.verifier = verifier;
    this.leeway = config.leeway();
    this.clock = clock;
  }

  /**
   * Reads it.
   *
   * @throws InvalidFieldException that names the member at fault
   */
  Revocation read(byte[] body) {
    JsonNode document = parse(body);
    requireKnown(document);
    Revocation revocation =
        new Revocation(
            text(document, ISSUER),
            text(document, SUBJECT),
            text(document, TOKEN_ID),
            text(document, BEFORE).map(this::instant));
    requireSomething(revocation);
    revocation.issuer().ifPresent(this::requireIssuer);
    return revocation;
  }

  private JsonNode parse(byte[] body) {
    JsonNode document;
    try {
      document = StrictJson.reader().readTree(UrlDecoding.utf8("body", ByteBuffer.wrap(body)));
    } catch (JsonProcessingException | NumberFormatException malformed) {
      throw invalid("body", "the body is no JSON that could be read");
    }
    if (!document.isObject()) {
      throw invalid("body", "a revocation is a JSON object with some of " + KNOWN);
    }
    return document;
  }

  private static void requireKnown(JsonNode document) {
    for (Iterator<String> names = document.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KNOWN.contains(name)) {
        throw invalid(
            name, "'%s' is not known; a revocation has some of %s".formatted(name, KNOWN));
      }
    }
  }

  private static Optional<String> text(JsonNode document, String field) {
    JsonNode value = document.get(field);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().length() > LONGEST_NAME) {
      throw invalid(
          field, "%s must be a text of at most %d characters".formatted(field, LONGEST_NAME));
    }
    return Optional.of(PlainText.require(field, value.textValue()));
  }

  /** Whoever revokes what is made later bars everybody, himself too. */
  private Instant instant(String text) {
    Instant before;
    try {
      before = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException malformed) {
      throw invalid(BEFORE, "before must be a point of time such as 2026-11-22T09:00:00Z");
    }
    if (before.isAfter(clock.instant().plus(leeway))) {
      throw invalid(BEFORE, "before must not be in the future");
    }
    return before;
  }

  private static void requireSomething(Revocation revocation) {
    if (revocation.subject().isEmpty()
        && revocation.tokenId().isEmpty()
        && revocation.before().isEmpty()) {
      throw invalid(SUBJECT, "a revocation needs at least one of sub, jti and before");
    }
  }

  private void requireIssuer(String name) {
    if (!verifier.knowsIssuer(name)) {
      throw invalid(
          ISSUER, "issuer must be a name of allim.auth.issuers, or empty for allim.auth.secret");
    }
  }

  private static InvalidFieldException invalid(String field, String detail) {
    return new InvalidFieldException(field, detail);
  }
}
