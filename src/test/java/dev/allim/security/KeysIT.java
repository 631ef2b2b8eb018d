package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.Tokens;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every algorithm and every form of a key, on the packaged program: the JDK finds algorithms by
 * their names, so that a native executable might not have some of them.
 */
class KeysIT {
  private static final String SECRET = Tokens.SECRET.repeat(2);
  private static final KeyPair RSA = Tokens.pair("RSA", 2048);
  private static final Map<String, KeyPair> OTHERS =
      Map.of(
          "ES256", Tokens.pair("EC", 256),
          "ES384", Tokens.pair("EC", 384),
          "ES512", Tokens.pair("EC", 521),
          "EdDSA", Tokens.pair("Ed25519", 255));

  /** The issuers of the hub, by the form in which it has their keys. */
  private static final List<String> FORMS = List.of("pem", "jwks", "url", "provider");

  @TempDir static Path directory;
  private static KeyProvider provider;
  private static HubProgram hub;

  @BeforeAll
  static void start() throws IOException, JoseException {
    String set = jwks();
    provider = new KeyProvider();
    provider.keys.set(set);
    Map<String, String> settings = new HashMap<>();
    settings.put("allim.auth.secret", SECRET);
    settings.put("allim.auth.issuers.pem.public-key", file("keys.pem", pem()));
    settings.put("allim.auth.issuers.jwks.jwks", file("keys.json", set));
    settings.put("allim.auth.issuers.url.jwks", provider.uri("/keys"));
    settings.put("allim.auth.issuers.provider.oidc", provider.uri(""));
    settings.put("allim.auth.issuers.provider.audience", "hub");
    for (String form : List.of("pem", "jwks", "url")) {
      settings.put("allim.auth.issuers." + form + ".issuer", form);
    }
    hub = HubProgram.start(directory, settings);
  }

  @AfterAll
  static void stop() {
    hub.close();
    provider.close();
  }

  private static Stream<PublicKey> keys() {
    return Stream.concat(Stream.of(RSA), OTHERS.values().stream()).map(KeyPair::getPublic);
  }

  private static String pem() {
    return String.join("", keys().map(Tokens::pem).toList());
  }

  private static String jwks() throws JoseException {
    JsonWebKeySet set = new JsonWebKeySet();
    for (PublicKey key : keys().toList()) {
      set.addJsonWebKey(PublicJsonWebKey.Factory.newPublicJwk(key));
    }
    return set.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  private static String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  private static int publish(Tokens token) {
    String bearer =
        token
            .lasting(Duration.ofMinutes(5), Instant.now())
            .granting(List.of("a"), List.of())
            .bearer();
    return hub.client()
        .send(
            HttpRequest.newBuilder(hub.uri("/events/a"))
                .header("Authorization", bearer)
                .POST(BodyPublishers.ofString("x")))
        .statusCode();
  }

  private static Tokens from(String form, Tokens token) {
    return form.equals("provider")
        ? token.with("iss", provider.uri("")).with("aud", "hub")
        : token.with("iss", form);
  }

  static Stream<Tokens> pairs() {
    return Stream.concat(
        Stream.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
            .map(algorithm -> Tokens.signed(algorithm, RSA.getPrivate())),
        OTHERS.entrySet().stream()
            .map(each -> Tokens.signed(each.getKey(), each.getValue().getPrivate())));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void publicKeysAreTakenInEveryForm(Tokens token) {
    for (String form : FORMS) {
      assertThat(publish(from(form, token))).as(form + " " + token.algorithm()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "HS384", "HS512"})
  void aSecretIsTaken(String algorithm) {
    assertThat(publish(Tokens.signed(algorithm, Tokens.secret(SECRET)))).isEqualTo(201);
    assertThat(publish(Tokens.signed(algorithm, Tokens.secret(SECRET + "x")))).isEqualTo(401);
  }
}
