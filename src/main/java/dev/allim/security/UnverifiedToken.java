package dev.allim.security;

import java.util.List;
import java.util.Optional;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/**
 * What a token says before anybody has proven it: good for finding out who could.
 *
 * @param text as it was sent
 * @param algorithm by which it says to be signed
 * @param keyId the key that it names, if it does
 * @param issuer who it says has made it, if it does
 * @param type what it says to be, if it does
 */
record UnverifiedToken(
    String text,
    String algorithm,
    Optional<String> keyId,
    Optional<String> issuer,
    Optional<String> type) {
  /** Longer ones would not fit into the headers of a request. */
  private static final int LONGEST = 16_384;

  private static final int PARTS = 3;
  private static final String NONE = "none";
  private static final String ISSUER = "iss";
  private static final List<String> KEYS = List.of("jwk", "jku", "x5c", "x5u");

  /**
   * Reads it.
   *
   * @throws TokenRefusedException if it is no signed JWT, or brings a key
   */
  static UnverifiedToken parse(String text) {
    if (text.length() > LONGEST || text.split("\\.", -1).length != PARTS) {
      throw new TokenRefusedException(Refusal.MALFORMED);
    }
    try {
      return read(text);
    } catch (JoseException | InvalidJwtException | RuntimeException malformed) {
      throw malformed instanceof TokenRefusedException refused
          ? refused
          : new TokenRefusedException(Refusal.MALFORMED);
    }
  }

  private static UnverifiedToken read(String text) throws JoseException, InvalidJwtException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setCompactSerialization(text);
    if (KEYS.stream().anyMatch(name -> signature.getHeaders().getObjectHeaderValue(name) != null)) {
      throw new TokenRefusedException(Refusal.KEY_INSIDE);
    }
    Object issuer = JwtClaims.parse(signature.getUnverifiedPayload()).getClaimValue(ISSUER);
    return new UnverifiedToken(
        text,
        Optional.ofNullable(signature.getAlgorithmHeaderValue()).orElse(NONE),
        Optional.ofNullable(signature.getKeyIdHeaderValue()),
        Optional.ofNullable(issuer).map(Object::toString),
        Optional.ofNullable(signature.getHeader("typ")));
  }
}
