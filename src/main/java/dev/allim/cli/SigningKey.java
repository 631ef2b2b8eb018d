package dev.allim.cli;

import dev.allim.cli.client.CommandFailedException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * The shared secret that a hub here would verify tokens with.
 *
 * @param secret its bytes
 * @param claim the claim in which the hub looks for grants
 */
record SigningKey(SecretKeySpec secret, String claim) {
  private static final String FILE = "file:";
  private static final Path PROPERTIES = Path.of("config", "application.properties");
  private static final int ABOVE_THE_DEFAULTS = 260;
  private static final int LEAST_BYTES = 32;

  /** As the hub itself would find it: in properties of the system, variables, and its file. */
  static SigningKey configured() {
    SmallRyeConfig config = config();
    String secret =
        config
            .getOptionalValue("allim.auth.secret", String.class)
            .orElseThrow(
                () ->
                    CommandFailedException.failed(
                        "there is no key: set ALLIM_AUTH_SECRET to that of the hub; a new one is"
                            + " made by 'openssl rand -base64 48'"));
    byte[] bytes = text(secret).strip().getBytes(StandardCharsets.UTF_8);
    if (bytes.length < LEAST_BYTES) {
      throw CommandFailedException.failed(
          "allim.auth.secret is %d bytes long, but must be at least %d"
              .formatted(bytes.length, LEAST_BYTES));
    }
    return new SigningKey(
        new SecretKeySpec(bytes, "HMAC"),
        config.getOptionalValue("allim.auth.claim", String.class).orElse("allim"));
  }

  private static SmallRyeConfig config() {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder().addDefaultInterceptors().addSystemSources();
    if (Files.isReadable(PROPERTIES)) {
      try {
        builder.withSources(
            new PropertiesConfigSource(PROPERTIES.toUri().toURL(), ABOVE_THE_DEFAULTS));
      } catch (IOException unreadable) {
        throw CommandFailedException.failed(PROPERTIES + " cannot be read");
      }
    }
    return builder.build();
  }

  private static String text(String secret) {
    if (!secret.startsWith(FILE)) {
      return secret;
    }
    try {
      return Files.readString(Path.of(secret.substring(FILE.length())));
    } catch (IOException unreadable) {
      throw CommandFailedException.failed("allim.auth.secret names a file that cannot be read");
    }
  }

  /** A JSON Web Token that says this. */
  String sign(JwtClaims claims) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setKey(secret);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException impossible) {
      throw new IllegalStateException("A secret of this length signs", impossible);
    }
  }
}
