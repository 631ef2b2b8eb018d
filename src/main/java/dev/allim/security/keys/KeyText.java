package dev.allim.security.keys;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.lang.JoseException;

/**
 * Reads keys from the forms in which they are configured. What cannot be one is an {@link
 * IllegalArgumentException} that says what is wrong, to be put behind the name of its setting.
 */
public final class KeyText {
  /** The kind of shared secrets. */
  static final String HMAC = "HMAC";

  public static final String PEM = "-----BEGIN ";

  private static final int LEAST_SECRET_BYTES = 32;
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_KEYS = 100;
  private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private KeyText() {}

  /** A shared secret: the text itself. */
  public static List<VerificationKey> secret(String text) {
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    if (bytes.length < LEAST_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "is %d bytes long, but must be at least %d, as tokens signed with less can be forged; one is made by 'openssl rand -base64 48'"
              .formatted(bytes.length, LEAST_SECRET_BYTES));
    }
    return List.of(VerificationKey.of(new SecretKeySpec(bytes, HMAC)));
  }

  /** Public keys or certificates in PEM, one after another. */
  public static List<VerificationKey> pem(String text) {
    List<VerificationKey> keys = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      byte[] content = Base64.getMimeDecoder().decode(block.group(2));
      keys.add(VerificationKey.of(strong(publicKey(block.group(1), content))));
    }
    return some(keys, "has no public key in PEM, which begins with -----BEGIN PUBLIC KEY-----");
  }

  private static PublicKey publicKey(String what, byte[] content) {
    if (what.equals("CERTIFICATE")) {
      return ofCertificate(content);
    }
    return KINDS.stream()
        .flatMap(kind -> publicKeyOf(kind, content).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "has a public key that is none of RSA, EC and Ed25519"));
  }

  private static Optional<PublicKey> publicKeyOf(String kind, byte[] content) {
    try {
      return Optional.of(
          KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(content)));
    } catch (GeneralSecurityException anotherKind) {
      return Optional.empty();
    }
  }

  private static PublicKey ofCertificate(byte[] content) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(content))
          .getPublicKey();
    } catch (GeneralSecurityException malformed) {
      throw new IllegalArgumentException("has a certificate that cannot be read", malformed);
    }
  }

  private static PublicKey strong(PublicKey key) {
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
      throw new IllegalArgumentException(
          "has an RSA key of %d bits, but must have at least %d"
              .formatted(rsa.getModulus().bitLength(), LEAST_RSA_BITS));
    }
    return key;
  }

  /** The public keys of a JWK set that are for signatures. */
  public static List<VerificationKey> jwks(String json) {
    List<VerificationKey> keys = new ArrayList<>();
    for (JsonWebKey key : set(json)) {
      if (key instanceof PublicJsonWebKey pair && !Use.ENCRYPTION.equals(key.getUse())) {
        keys.add(
            new VerificationKey(
                Optional.ofNullable(key.getKeyId()),
                Optional.ofNullable(key.getAlgorithm()),
                pair.getPublicKey()));
      }
    }
    return some(keys, "has no public key for signatures");
  }

  private static List<JsonWebKey> set(String json) {
    try {
      return new JsonWebKeySet(json).getJsonWebKeys();
    } catch (JoseException malformed) {
      throw new IllegalArgumentException("is no JWK set (RFC 7517)", malformed);
    }
  }

  private static List<VerificationKey> some(List<VerificationKey> keys, String otherwise) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(otherwise);
    }
    if (keys.size() > MOST_KEYS) {
      throw new IllegalArgumentException("has more than %d keys".formatted(MOST_KEYS));
    }
    return List.copyOf(keys);
  }
}
