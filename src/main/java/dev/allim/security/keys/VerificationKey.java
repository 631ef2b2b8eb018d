package dev.allim.security.keys;

import java.security.Key;
import java.security.interfaces.ECKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A key that signatures are verified with.
 *
 * @param id by which tokens name it, if it has one
 * @param algorithm the only one it is for, if it says so
 * @param key a public key or a shared secret
 */
public record VerificationKey(Optional<String> id, Optional<String> algorithm, Key key) {
  /** With what begin the algorithms that keys of a kind are for. */
  private static final Map<String, Set<String>> FAMILIES =
      Map.of(
          KeyText.HMAC,
          Set.of("HS"),
          "RSA",
          Set.of("RS", "PS"),
          "EC",
          Set.of("ES"),
          "EdDSA",
          Set.of("Ed"),
          "Ed25519",
          Set.of("Ed"));

  /** How many bits the field of the curve has that an algorithm is for (RFC 7518, 3.4). */
  private static final Map<String, Integer> CURVES =
      Map.of("ES256", 256, "ES384", 384, "ES512", 521);

  public static VerificationKey of(Key key) {
    return new VerificationKey(Optional.empty(), Optional.empty(), key);
  }

  /** Whether a token that says this may be signed with it; a secret is never a public key. */
  public boolean fits(Optional<String> named, String with) {
    return (id.isEmpty() || named.isEmpty() || id.equals(named)) && suits(with);
  }

  private boolean suits(String with) {
    return FAMILIES.getOrDefault(key.getAlgorithm(), Set.of()).contains(with.substring(0, 2))
        && algorithm.map(with::equals).orElse(true)
        && (!(key instanceof ECKey elliptic) || CURVES.getOrDefault(with, 0) == bits(elliptic));
  }

  private static int bits(ECKey key) {
    return key.getParams().getCurve().getField().getFieldSize();
  }
}
