package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.allim.testing.HandClock;
import dev.allim.testing.Tokens;
import dev.allim.testing.WrongTokens;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final Instant NOW = HandClock.START;
  private static final Map<String, String> WRONG = WrongTokens.all(NOW);

  @TempDir Path directory;

  private final HandClock clock = new HandClock();
  private final AtomicLong nanos = new AtomicLong();

  private TokenVerifier trusting(Map<String, String> settings) {
    AuthConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(AuthConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build()
            .getConfigMapping(AuthConfig.class);
    return new TokenVerifier(config, clock, nanos::get);
  }

  private static Tokens shared() {
    return WrongTokens.shared(NOW);
  }

  private static Tokens rsa() {
    return WrongTokens.rsa(NOW);
  }

  private static String why(TokenVerifier verifier, String token) {
    try {
      verifier.verify(token);
      return "";
    } catch (TokenRefusedException refused) {
      return refused.reason().toString();
    }
  }

  // ---- right ones

  @Test
  void withoutAKeyNobodyIsTrusted() {
    assertThat(trusting(Map.of()).isConfigured()).isFalse();
    assertThat(trusting(WrongTokens.settings()).isConfigured()).isTrue();
  }

  @Test
  void whatATokenSaysIsWhatItsHolderMay() {
    Tokens token =
        shared()
            .with("jti", "7")
            .with("iat", NOW.minusSeconds(5).getEpochSecond())
            .granting(List.of("orders/{id}"), List.of("users/42/{+rest}"));

    AccessToken said = trusting(WrongTokens.settings()).verify(token.text());

    assertThat(said.subject()).contains("somebody");
    assertThat(said.id()).contains("7");
    assertThat(said.issued()).contains(NOW.minusSeconds(5));
    assertThat(said.expires()).isEqualTo(NOW.plusSeconds(60));
    assertThat(said.grant().mayPublish(List.of(new Topic("orders/1")))).isTrue();
    assertThat(said.grant().mayPublish(List.of(new Topic("orders/1"), new Topic("a")))).isFalse();
    assertThat(said.grant().audience())
        .isEqualTo(new Audience.Granted(Set.of(TopicMatcher.parse("users/42/{+rest}"))));
    assertThat(said.grant().admin()).isFalse();
  }

  @Test
  void aTokenWithoutTheClaimGrantsNothing() {
    AccessToken said = trusting(WrongTokens.settings()).verify(rsa().text());

    assertThat(said.issuer()).isEqualTo("rsa");
    assertThat(said.grant()).isEqualTo(Grant.NONE);
    assertThat(said.grant().audience()).isEqualTo(new Audience.Public());
  }

  @Test
  void theClaimMayHaveAnotherName() {
    Map<String, String> settings = new HashMap<>(WrongTokens.settings());
    settings.put("allim.auth.claim", "https://example.com/allim");
    Tokens token = shared().with("https://example.com/allim", Map.of("admin", true));

    assertThat(trusting(settings).verify(token.text()).grant().admin()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256"})
  void eachAllowedAlgorithmOfAKeyIsTaken(String algorithm) {
    Tokens token = rsa().by(algorithm, WrongTokens.RSA.getPrivate());

    assertThat(why(trusting(WrongTokens.settings()), token.text())).isEmpty();
  }

  @Test
  void clocksThatAreALittleAheadAreForgivenAndNothingLastsLonger() {
    TokenVerifier verifier = trusting(WrongTokens.settings());
    Tokens token = shared().with("nbf", NOW.plusSeconds(8).getEpochSecond());

    assertThat(why(verifier, token.text())).isEmpty();
    assertThat(why(verifier, shared().lasting(Duration.ZERO, NOW).text())).isEqualTo("expired");
  }

  @Test
  void severalIssuersHaveEachTheirOwnKeys() {
    KeyPair elliptic = Tokens.pair("EC", 256);
    Map<String, String> settings = new HashMap<>(WrongTokens.settings());
    settings.put("allim.auth.issuers.ec.public-key", Tokens.pem(elliptic.getPublic()));
    settings.put("allim.auth.issuers.ec.issuer", "ec");
    TokenVerifier verifier = trusting(settings);
    Tokens token = shared().with("iss", "ec").by("ES256", elliptic.getPrivate());

    assertThat(verifier.verify(token.text()).issuer()).isEqualTo("ec");
    assertThat(why(verifier, rsa().by("ES256", elliptic.getPrivate()).text()))
        .isEqualTo("algorithm");
    assertThat(why(verifier, token.by("RS256", WrongTokens.RSA.getPrivate()).text()))
        .isEqualTo("unknown-key");
  }

  // ---- wrong ones

  static Stream<String> everyWay() {
    return WRONG.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void whatIsWrongIsRefusedForThatReason(String way) {
    assertThat(why(trusting(WrongTokens.settings()), WRONG.get(way)))
        .isEqualTo(way.substring(0, way.indexOf(':')));
  }

  @Test
  void aTokenIsNotTakenLongerBecauseItWasTakenBefore() {
    TokenVerifier verifier = trusting(WrongTokens.settings());
    String token = shared().text();
    verifier.verify(token);
    assertThat(verifier.known(token)).isPresent();

    clock.advance(Duration.ofSeconds(60));

    assertThat(verifier.known(token)).isEmpty();
    assertThat(why(verifier, token)).isEqualTo("expired");
  }

  @Test
  void whatIsRememberedIsBounded() {
    VerifiedTokens remembered = new VerifiedTokens(10);
    AccessToken token = trusting(WrongTokens.settings()).verify(shared().text());
    for (int i = 0; i < 1000; i++) {
      remembered.keep("token " + i, token);
    }
    long known =
        Stream.iterate(0, i -> i + 1)
            .limit(1000)
            .filter(i -> remembered.find("token " + i, NOW).isPresent())
            .count();

    assertThat(known).isBetween(5L, 10L);
    assertThat(remembered.find("token 999", NOW)).isPresent();
  }

  // ---- keys that change

  private static final AtomicInteger STAMP = new AtomicInteger();

  /** With a time stamp of its own, however coarse those of the file system are. */
  private static Path write(Path file, String content) throws IOException {
    Files.writeString(file, content);
    return Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(STAMP.incrementAndGet())));
  }

  @Test
  void aFileOfKeysIsFollowed() throws IOException {
    KeyPair next = Tokens.pair("RSA", 2048);
    Path file = write(directory.resolve("keys.pem"), Tokens.pem(WrongTokens.RSA.getPublic()));
    TokenVerifier verifier = trusting(Map.of("allim.auth.issuers.a.public-key", file.toString()));
    Tokens before = shared().by("RS256", WrongTokens.RSA.getPrivate());
    Tokens after = shared().by("RS256", next.getPrivate());
    assertThat(why(verifier, before.text())).isEmpty();
    assertThat(why(verifier, after.text())).isEqualTo("signature");

    write(file, Tokens.pem(WrongTokens.RSA.getPublic()) + Tokens.pem(next.getPublic()));
    verifier.look();
    assertThat(why(verifier, before.text())).isEmpty();
    assertThat(why(verifier, after.text())).isEmpty();

    write(file, Tokens.pem(next.getPublic()));
    verifier.look();
    assertThat(verifier.known(before.text())).isEmpty();
    assertThat(why(verifier, before.text())).isEqualTo("signature");

    write(file, "nonsense");
    verifier.look();
    Files.delete(file);
    verifier.look();
    assertThat(why(verifier, after.text())).isEmpty();
  }

  @Test
  void aFileThatKeepsItsTimeStampIsReadWhenThatIsAskedFor() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), Tokens.SECRET + "\n");
    FileTime stamp = Files.getLastModifiedTime(file);
    TokenVerifier verifier = trusting(Map.of("allim.auth.secret", "file:" + file));
    String token = shared().text();
    assertThat(why(verifier, token)).isEmpty();

    Files.writeString(file, Tokens.SECRET.toUpperCase(Locale.ROOT) + "\n");
    Files.setLastModifiedTime(file, stamp);
    verifier.look();
    assertThat(why(verifier, token)).isEmpty();
    verifier.reload();

    assertThat(why(verifier, token)).isEqualTo("signature");
  }

  private static String jwks(KeyPair pair, String id) {
    try {
      PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
      key.setKeyId(id);
      return new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void aSetOfKeysInAFileIsTaken() throws IOException {
    Path file = Files.writeString(directory.resolve("jwks.json"), jwks(WrongTokens.RSA, "one"));
    TokenVerifier verifier = trusting(Map.of("allim.auth.issuers.a.jwks", file.toString()));
    Tokens token = shared().by("RS256", WrongTokens.RSA.getPrivate());

    assertThat(why(verifier, token.text())).isEmpty();
    assertThat(why(verifier, token.header("kid", "one").text())).isEmpty();
    assertThat(why(verifier, token.header("kid", "two").text())).isEqualTo("unknown-key");
  }

  /** A provider of keys, whose answers can be changed and are counted. */
  private static final class Provider implements AutoCloseable {
    private final HttpServer server;
    private final AtomicReference<String> keys = new AtomicReference<>("");
    private final AtomicReference<String> name = new AtomicReference<>("");
    private final AtomicInteger asked = new AtomicInteger();

    Provider() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      name.set(uri(""));
      server.createContext(
          "/keys",
          exchange -> {
            asked.incrementAndGet();
            byte[] body = keys.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                body.length == 0 ? 500 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.createContext(
          "/.well-known/openid-configuration",
          exchange -> {
            byte[] body =
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}"
                    .formatted(name.get(), uri("/keys"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }

    String uri(String path) {
      return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aKeyThatIsNotKnownIsFetchedAtABoundedRate() throws IOException {
    KeyPair next = Tokens.pair("RSA", 2048);
    try (Provider provider = new Provider()) {
      provider.keys.set(jwks(WrongTokens.RSA, "one"));
      TokenVerifier verifier = trusting(Map.of("allim.auth.issuers.a.jwks", provider.uri("/keys")));
      Tokens old = shared().by("RS256", WrongTokens.RSA.getPrivate()).header("kid", "one");
      Tokens fresh = shared().by("RS256", next.getPrivate()).header("kid", "two");
      assertThat(why(verifier, old.text())).isEmpty();
      provider.keys.set(jwks(next, "two"));

      for (int i = 0; i < 20; i++) {
        assertThat(why(verifier, fresh.with("n", i).text())).isEqualTo("unknown-key");
      }
      assertThat(provider.asked).hasValue(1);
      pass(Duration.ofSeconds(11));
      assertThat(why(verifier, fresh.text())).isEmpty();
      assertThat(provider.asked).hasValue(2);
      assertThat(verifier.known(old.text())).as("its key is gone").isEmpty();
    }
  }

  @Test
  void keysAreFetchedNowAndThenAndStayWhileTheyCannotBe() throws IOException {
    KeyPair next = Tokens.pair("RSA", 2048);
    try (Provider provider = new Provider()) {
      provider.keys.set(jwks(WrongTokens.RSA, "one"));
      TokenVerifier verifier = trusting(Map.of("allim.auth.issuers.a.jwks", provider.uri("/keys")));
      String old = shared().by("RS256", WrongTokens.RSA.getPrivate()).text();
      assertThat(why(verifier, old)).isEmpty();

      provider.keys.set("");
      pass(Duration.ofMinutes(16));
      verifier.look();
      assertThat(why(verifier, old)).isEmpty();

      provider.keys.set(jwks(next, "two"));
      pass(Duration.ofMinutes(16));
      verifier.look();
      assertThat(why(verifier, old)).isEqualTo("signature");
    }
  }

  @Test
  void aProviderSaysWhereItsKeysAre() throws IOException {
    try (Provider provider = new Provider()) {
      provider.keys.set(jwks(WrongTokens.RSA, "one"));
      TokenVerifier verifier = trusting(Map.of("allim.auth.issuers.a.oidc", provider.uri("")));
      Tokens token = shared().by("RS256", WrongTokens.RSA.getPrivate());

      assertThat(why(verifier, token.with("iss", provider.uri("")).text())).isEmpty();
      assertThat(why(verifier, token.text())).isEqualTo("issuer");
    }
  }

  @Test
  void aProviderThatIsAnotherIsNotBelieved() throws IOException {
    try (Provider provider = new Provider()) {
      provider.keys.set(jwks(WrongTokens.RSA, "one"));
      provider.name.set("https://another.example");
      TokenVerifier verifier = trusting(Map.of("allim.auth.issuers.a.oidc", provider.uri("")));
      Tokens token =
          shared().by("RS256", WrongTokens.RSA.getPrivate()).with("iss", provider.uri(""));

      assertThat(why(verifier, token.text())).isEqualTo("unknown-key");
      assertThat(provider.asked).hasValue(0);
    }
  }

  // ---- settings that cannot be

  @ParameterizedTest
  @CsvSource({
    "secret, too short, is 9 bytes long",
    "issuers.a.secret, too short, is 9 bytes long",
    "issuers.a.public-key, /nowhere/keys.pem, which cannot be read",
    "issuers.a.public-key, -----BEGIN PUBLIC KEY-----, has no public key in PEM",
    "issuers.a.jwks, /nowhere/keys.json, which cannot be read",
    "issuers.a.oidc, accounts.example, is no URL",
    "issuers.a.audience, hub, has 0 kinds of keys",
    "leeway, 1h, must be between",
  })
  void aSettingThatCannotBeIsNamed(String key, String value, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trusting(Map.of("allim.auth." + key, value)))
        .withMessageContaining("allim.auth." + key.replaceAll("\\.audience$", ""))
        .withMessageContaining(why)
        .withMessageNotContaining("\n");
  }

  @Test
  void settingsThatContradictEachOtherAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trusting(
                    Map.of(
                        "allim.auth.issuers.a.secret",
                        Tokens.SECRET,
                        "allim.auth.issuers.a.jwks",
                        "https://a.example/keys")))
        .withMessageContaining("allim.auth.issuers.a has 2 kinds of keys");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trusting(
                    Map.of(
                        "allim.auth.issuers.a.secret",
                        Tokens.SECRET,
                        "allim.auth.issuers.a.algorithms",
                        "RS256")))
        .withMessageContaining("allim.auth.issuers.a.algorithms is [RS256]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trusting(
                    Map.of(
                        "allim.auth.issuers.a.secret",
                        Tokens.SECRET,
                        "allim.auth.issuers.a.algorithms",
                        "none")))
        .withMessageContaining("allim.auth.issuers.a.algorithms is [none]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trusting(
                    Map.of(
                        "allim.auth.issuers.a.secret",
                        Tokens.SECRET,
                        "allim.auth.issuers.a.issuer",
                        "me",
                        "allim.auth.issuers.b.secret",
                        Tokens.SECRET,
                        "allim.auth.issuers.b.issuer",
                        "me")))
        .withMessageContaining(".issuer is that of another issuer");
  }

  @Test
  void aWeakKeyIsNamed() {
    String weak = Tokens.pem(Tokens.pair("RSA", 1024).getPublic());

    assertThatThrownBy(() -> trusting(Map.of("allim.auth.issuers.a.public-key", weak)))
        .hasMessageContaining("allim.auth.issuers.a.public-key has an RSA key of 1024 bits");
  }
}
