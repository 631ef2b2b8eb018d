package dev.allim.security;

import dev.allim.security.keys.KeySource;
import dev.allim.security.keys.VerificationKey;
import dev.allim.text.InvalidFieldException;
import dev.allim.text.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose tokens are taken.
 *
 * @param name in the configuration
 * @param issuer what {@code iss} has to say, if anything
 * @param audience what {@code aud} has to name, if anything
 * @param algorithms that are taken
 * @param source of the keys
 */
record TrustedIssuer(
    String name,
    Optional<String> issuer,
    Optional<String> audience,
    Set<String> algorithms,
    KeySource source) {
  private static final int LONGEST_NAME = 255;

  /** Copies the algorithms. */
  TrustedIssuer {
    algorithms = Set.copyOf(algorithms);
  }

  /** How the tokens of all issuers are read. */
  record Rules(String claim, Duration leeway, Duration longestLife) {}

  /**
   * What a token says whose signature and claims are right. May wait for a key.
   *
   * @throws TokenRefusedException otherwise
   */
  AccessToken verify(UnverifiedToken token, Rules rules, Instant now) {
    return read(claims(token, rules.leeway(), now, true), rules, now);
  }

  /**
   * The claims of a token whose signature is right, and that is not for another time, hub or
   * issuer. May wait for a key.
   *
   * @param strict whether it has to say until when it is valid, and may be for nobody in particular
   *     only as long as no audience is configured
   * @throws TokenRefusedException otherwise
   */
  JwtClaims claims(UnverifiedToken token, Duration leeway, Instant now, boolean strict) {
    if (!algorithms.contains(token.algorithm())) {
      throw new TokenRefusedException(Refusal.ALGORITHM);
    }
    TokenRefusedException wrong = new TokenRefusedException(Refusal.UNKNOWN_KEY);
    for (VerificationKey key : keysFor(token)) {
      try {
        return verified(token, key, leeway, now, strict);
      } catch (TokenRefusedException refused) {
        wrong = refused;
        if (refused.reason() != Refusal.SIGNATURE) {
          throw refused;
        }
      }
    }
    throw wrong;
  }

  private List<VerificationKey> keysFor(UnverifiedToken token) {
    List<VerificationKey> known = known(token);
    return known.isEmpty() && source.seek() ? known(token) : known;
  }

  private List<VerificationKey> known(UnverifiedToken token) {
    return source.keys().stream()
        .filter(key -> key.fits(token.keyId(), token.algorithm()))
        .toList();
  }

  private JwtClaims verified(
      UnverifiedToken token, VerificationKey key, Duration leeway, Instant now, boolean strict) {
    JwtConsumerBuilder consumer =
        new JwtConsumerBuilder()
            .setVerificationKey(key.key())
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, token.algorithm()))
            .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
            .setAllowedClockSkewInSeconds((int) leeway.toSeconds());
    if (strict) {
      consumer.setRequireExpirationTime();
    } else if (audience.isEmpty()) {
      consumer.setSkipDefaultAudienceValidation();
    }
    issuer.ifPresent(expected -> consumer.setExpectedIssuer(true, expected));
    audience.ifPresent(expected -> consumer.setExpectedAudience(true, expected));
    try {
      return consumer.build().processToClaims(token.text());
    } catch (InvalidJwtException invalid) {
      throw new TokenRefusedException(reason(invalid));
    }
  }

  private static Refusal reason(InvalidJwtException invalid) {
    if (invalid.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
      return Refusal.SIGNATURE;
    }
    if (invalid.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
      return Refusal.NO_EXPIRY;
    }
    if (invalid.hasErrorCode(ErrorCodes.EXPIRED)) {
      return Refusal.EXPIRED;
    }
    if (invalid.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
      return Refusal.NOT_YET;
    }
    return reasonOfNames(invalid);
  }

  private static Refusal reasonOfNames(InvalidJwtException invalid) {
    boolean audience =
        invalid.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
            || invalid.hasErrorCode(ErrorCodes.AUDIENCE_MISSING);
    boolean issuer =
        invalid.hasErrorCode(ErrorCodes.ISSUER_INVALID)
            || invalid.hasErrorCode(ErrorCodes.ISSUER_MISSING);
    if (audience || issuer) {
      return audience ? Refusal.AUDIENCE : Refusal.ISSUER;
    }
    return Refusal.MALFORMED;
  }

  /** The leeway is for clocks that are ahead: nobody's token lasts longer for it. */
  private AccessToken read(JwtClaims claims, Rules rules, Instant now) {
    try {
      Instant expires = instant(claims.getExpirationTime());
      if (!expires.isAfter(now)) {
        throw new TokenRefusedException(Refusal.EXPIRED);
      }
      Optional<Instant> issued =
          Optional.ofNullable(claims.getIssuedAt()).map(TrustedIssuer::instant);
      if (expires.isAfter(issued.orElse(now).plus(rules.longestLife()))) {
        throw new TokenRefusedException(Refusal.TOO_LONG);
      }
      return new AccessToken(
          name,
          line(claims.getSubject()),
          line(claims.getJwtId()),
          issued,
          expires,
          Grants.read(claims.getClaimValue(rules.claim())));
    } catch (MalformedClaimException | InvalidFieldException malformed) {
      throw new TokenRefusedException(Refusal.MALFORMED);
    }
  }

  private static Instant instant(NumericDate date) {
    return Instant.ofEpochMilli(date.getValueInMillis());
  }

  /** What stands in logs and keys is a line. */
  private static Optional<String> line(@Nullable String text) {
    if (text != null && text.length() > LONGEST_NAME) {
      throw new TokenRefusedException(Refusal.MALFORMED);
    }
    return Optional.ofNullable(text).map(line -> PlainText.require("claim", line));
  }
}
