package dev.allim.testing;

import java.security.Key;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Every way in which a token can be wrong for a hub that trusts {@link Tokens#SECRET} and the owner
 * of {@link #RSA}, and right ones to begin from.
 */
public final class WrongTokens {
  /** Whose public key the hub has. */
  public static final KeyPair RSA = Tokens.pair("RSA", 2048);

  private static final KeyPair STRANGER = Tokens.pair("RSA", 2048);
  private static final KeyPair ELLIPTIC = Tokens.pair("EC", 256);
  private static final String NAME = "https://rsa.example";
  private static final String HUB = "the-hub";

  private WrongTokens() {}

  /** What the hub has to be told of whom it trusts. */
  public static Map<String, String> settings() {
    return Map.of(
        "allim.auth.secret",
        Tokens.SECRET,
        "allim.auth.issuers.rsa.public-key",
        Tokens.pem(RSA.getPublic()),
        "allim.auth.issuers.rsa.issuer",
        NAME,
        "allim.auth.issuers.rsa.audience",
        HUB,
        "allim.auth.issuers.rsa.algorithms",
        "RS256,PS256");
  }

  /** A right one of who knows the secret. */
  public static Tokens shared(Instant now) {
    return Tokens.signed("HS256", Tokens.secret(Tokens.SECRET))
        .lasting(Duration.ofMinutes(1), now)
        .of("somebody");
  }

  /** A right one of the owner of the RSA key. */
  public static Tokens rsa(Instant now) {
    return Tokens.signed("RS256", RSA.getPrivate())
        .lasting(Duration.ofMinutes(1), now)
        .with("iss", NAME)
        .with("aud", HUB);
  }

  /** All wrong ones by what is wrong, behind the reason that the log tells and a colon. */
  public static Map<String, String> all(Instant now) {
    Map<String, String> all = new LinkedHashMap<>();
    forms(all, shared(now));
    keys(all, shared(now), rsa(now));
    times(all, shared(now), now);
    names(all, shared(now), rsa(now));
    grants(all, shared(now));
    return all;
  }

  private static void forms(Map<String, String> all, Tokens right) {
    String text = right.text();
    all.put("malformed: no JWT", "nonsense");
    all.put("malformed: empty parts", "..");
    all.put("malformed: two parts", text.substring(0, text.lastIndexOf('.')));
    all.put("malformed: four parts", text + ".x");
    all.put("malformed: encrypted", "a.b.c.d.e");
    all.put("malformed: no JSON within", Tokens.joined("{\"alg\":\"HS256\"}", "no", sig(text)));
    all.put("malformed: the head no JSON", Tokens.joined("no", "{}", sig(text)));
    all.put("malformed: no Base64", text.replace('.', '!') + ".@.@");
    all.put("malformed: endless", text + "A".repeat(20_000));
    all.put("malformed: a subject of two lines", right.of("a\nb").text());
    all.put("malformed: a subject that is no text", right.with("sub", List.of(1)).text());
    all.put("malformed: an endless subject", right.of("a".repeat(300)).text());
    all.put("algorithm: none", Tokens.joined("{\"alg\":\"none\"}", payload(), Optional.empty()));
    all.put("algorithm: None", Tokens.joined("{\"alg\":\"None\"}", payload(), Optional.empty()));
    all.put(
        "algorithm: none with a signature",
        Tokens.joined("{\"alg\":\"none\"}", payload(), sig(text)));
    all.put("algorithm: not said", Tokens.joined("{}", payload(), sig(text)));
    all.put(
        "malformed: critical and unknown",
        right.header("crit", List.of("x")).header("x", 1).text());
  }

  private static String payload() {
    return "{\"exp\":%d}".formatted(Instant.now().plusSeconds(600).getEpochSecond());
  }

  private static Optional<String> sig(String text) {
    return Optional.of(text.substring(text.lastIndexOf('.') + 1));
  }

  private static void keys(Map<String, String> all, Tokens shared, Tokens rsa) {
    String text = shared.text();
    String other = shared.of("admin").text();
    all.put(
        "signature: of another secret", shared.by("HS256", Tokens.secret("x".repeat(40))).text());
    all.put("signature: missing", text.substring(0, text.lastIndexOf('.') + 1));
    all.put(
        "signature: of another content",
        other.substring(0, other.lastIndexOf('.')) + text.substring(text.lastIndexOf('.')));
    all.put("signature: of a stranger", rsa.by("RS256", STRANGER.getPrivate()).text());
    all.put("algorithm: another of the same key", rsa.by("RS512", RSA.getPrivate()).text());
    all.put("algorithm: another kind of key", rsa.by("ES256", ELLIPTIC.getPrivate()).text());
    all.put(
        "algorithm: the public key as a secret", rsa.by("HS256", bytes(RSA.getPublic())).text());
    all.put(
        "algorithm: its PEM as a secret",
        rsa.by("HS256", Tokens.secret(Tokens.pem(RSA.getPublic()))).text());
    all.put(
        "signature: the public key as a secret for the other issuer",
        shared.by("HS256", bytes(RSA.getPublic())).text());
    Tokens strange = rsa.by("RS256", STRANGER.getPrivate());
    all.put("key-inside: jwk", strange.header("jwk", jwk()).text());
    all.put("key-inside: jwk of a right one", rsa.header("jwk", jwk()).text());
    all.put("key-inside: jku", strange.header("jku", "http://127.0.0.1:1/keys").text());
    all.put("key-inside: x5u", strange.header("x5u", "http://127.0.0.1:1/keys").text());
    all.put("key-inside: x5c", strange.header("x5c", List.of("AA==")).text());
  }

  private static Key bytes(Key key) {
    return new SecretKeySpec(key.getEncoded(), "HMAC");
  }

  private static Map<String, Object> jwk() {
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(STRANGER.getPublic())
          .toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void times(Map<String, String> all, Tokens right, Instant now) {
    all.put("no-expiry: missing", right.without("exp").text());
    all.put("malformed: exp a text", right.with("exp", "tomorrow").text());
    all.put("expired: long ago", right.lasting(Duration.ofHours(-1), now).text());
    all.put("expired: a moment ago", right.lasting(Duration.ofSeconds(-2), now).text());
    all.put(
        "not-yet: nbf in the future",
        right.with("nbf", now.plusSeconds(40).getEpochSecond()).text());
  }

  private static void names(Map<String, String> all, Tokens shared, Tokens rsa) {
    all.put("audience: for somebody else", rsa.with("aud", "another-hub").text());
    all.put("audience: for nobody", rsa.without("aud").text());
    all.put(
        "audience: for somebody where nobody is known", shared.with("aud", "another-hub").text());
    all.put("algorithm: no issuer", rsa.without("iss").text());
    all.put("algorithm: another issuer", rsa.with("iss", "https://evil.example").text());
    all.put("algorithm: an issuer that is no text", rsa.with("iss", List.of(NAME)).text());
  }

  private static void grants(Map<String, String> all, Tokens right) {
    all.put("grants: no object", right.with("allim", "everything").text());
    all.put("grants: unknown", right.with("allim", Map.of("read", List.of("a"))).text());
    all.put("grants: no list", right.with("allim", Map.of("publish", "a")).text());
    all.put("grants: no text", right.with("allim", Map.of("subscribe", List.of(1))).text());
    all.put(
        "grants: a broken matcher", right.with("allim", Map.of("publish", List.of("a/{"))).text());
    all.put("grants: admin a text", right.with("allim", Map.of("admin", "true")).text());
    List<String> many = IntStream.range(0, 101).mapToObj(i -> "t" + i).toList();
    all.put("grants: too many", right.with("allim", Map.of("publish", many)).text());
  }
}
