package dev.allim.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Makes tokens, right ones and wrong ones. Immutable: each change is another maker. */
public record Tokens(
    String algorithm, Key key, Map<String, Object> headers, Map<String, Object> claims) {
  /** Long enough for HS256. */
  public static final String SECRET = "a secret for tests, which is long enough";

  /** Of whoever knows {@link #SECRET}; valid for a minute from now on. */
  public static Tokens shared() {
    return signed("HS256", secret(SECRET)).lasting(Duration.ofMinutes(1), Instant.now());
  }

  /** With nothing in it. */
  public static Tokens signed(String algorithm, Key key) {
    return new Tokens(algorithm, key, Map.of(), Map.of());
  }

  /** A shared secret as a key. */
  public static Key secret(String text) {
    return new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HMAC");
  }

  /** A pair of keys: RSA of so many bits, or EC. */
  public static KeyPair pair(String kind, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A public key in PEM. */
  public static String pem(Key key) {
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
        .formatted(Base64.getMimeEncoder().encodeToString(key.getEncoded()));
  }

  /** The same with another key. */
  public Tokens by(String otherAlgorithm, Key other) {
    return new Tokens(otherAlgorithm, other, headers, claims);
  }

  /** The same with a claim. */
  public Tokens with(String claim, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(claims);
    more.put(claim, value);
    return new Tokens(algorithm, key, headers, more);
  }

  /** The same without a claim. */
  public Tokens without(String claim) {
    Map<String, Object> less = new LinkedHashMap<>(claims);
    less.remove(claim);
    return new Tokens(algorithm, key, headers, less);
  }

  /** The same with a field in its header. */
  public Tokens header(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Tokens(algorithm, key, more, claims);
  }

  /** The same, valid so long. */
  public Tokens lasting(Duration length, Instant from) {
    return with("exp", from.plus(length).getEpochSecond());
  }

  /** The same for somebody. */
  public Tokens of(String subject) {
    return with("sub", subject);
  }

  /** The same with these grants. */
  public Tokens granting(List<String> publish, List<String> subscribe) {
    return with("allim", Map.of("publish", publish, "subscribe", subscribe));
  }

  /** The same for an administrator. */
  public Tokens granting(String right) {
    return with("allim", Map.of(right, true));
  }

  /** The token. */
  public String text() {
    JwtClaims content = new JwtClaims();
    claims.forEach(content::setClaim);
    return signed(content.toJson());
  }

  /** The same, as a header carries it. */
  public String bearer() {
    return "Bearer " + text();
  }

  private String signed(String payload) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(payload);
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setKey(key);
    signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    signature.setDoKeyValidation(false);
    headers.forEach(signature::setHeader);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Parts as they are, joined to what looks like a token. */
  public static String joined(String header, String payload, Optional<String> signature) {
    return base64(header) + "." + base64(payload) + "." + signature.orElse("");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
