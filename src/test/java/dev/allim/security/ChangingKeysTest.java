package dev.allim.security;

import static dev.allim.security.Verifying.NOW;
import static dev.allim.security.Verifying.shared;
import static dev.allim.security.Verifying.why;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.testing.Tokens;
import dev.allim.testing.WrongTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys from files and providers, which change while the program runs. */
class ChangingKeysTest {
  private static final AtomicInteger STAMP = new AtomicInteger();

  @TempDir Path directory;

  private final Verifying verifying = new Verifying();

  /** With a time stamp of its own, however coarse those of the file system are. */
  private static Path write(Path file, String content) throws IOException {
    Files.writeString(file, content);
    return Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(STAMP.incrementAndGet())));
  }

  @Test
  void aFileOfKeysIsFollowed() throws IOException {
    KeyPair next = Tokens.pair("RSA", 2048);
    Path file = write(directory.resolve("keys.pem"), Tokens.pem(WrongTokens.RSA.getPublic()));
    TokenVerifier verifier =
        verifying.trusting(Map.of("allim.auth.issuers.a.public-key", file.toString()));
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
    TokenVerifier verifier = verifying.trusting(Map.of("allim.auth.secret", "file:" + file));
    String token = shared().text();
    assertThat(why(verifier, token)).isEmpty();

    Files.writeString(file, Tokens.SECRET.toUpperCase(Locale.ROOT) + "\n");
    Files.setLastModifiedTime(file, stamp);
    verifier.look();
    assertThat(why(verifier, token)).isEmpty();
    verifier.reload();

    assertThat(why(verifier, token)).isEqualTo("signature");
  }

  @Test
  void aKeyOfAnotherProtocolIsFollowedLikeAllOthers() throws IOException {
    Path file = write(directory.resolve("key"), Tokens.SECRET);
    TokenVerifier verifier = verifying.trusting(Map.of());
    ProtocolTokens<String> tokens =
        verifier.readBy("some.key", "some", "file:" + file, ProtocolTokens.Claims::issuer);
    String token = shared().text();
    assertThat(tokens.verify(token)).isEqualTo("some");
    assertThat(tokens.known(token)).contains("some");

    FileTime stamp = Files.getLastModifiedTime(file);
    Files.writeString(file, Tokens.SECRET.toUpperCase(Locale.ROOT));
    Files.setLastModifiedTime(file, stamp);
    verifier.reload();
    assertThat(tokens.known(token)).isEmpty();
    assertThatThrownBy(() -> tokens.verify(token)).isInstanceOf(TokenRefusedException.class);

    write(file, Tokens.SECRET);
    verifier.look();
    assertThat(tokens.verify(token)).isEqualTo("some");
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
    TokenVerifier verifier =
        verifying.trusting(Map.of("allim.auth.issuers.a.jwks", file.toString()));
    Tokens token = shared().by("RS256", WrongTokens.RSA.getPrivate());

    assertThat(why(verifier, token.text())).isEmpty();
    assertThat(why(verifier, token.header("kid", "one").text())).isEmpty();
    assertThat(why(verifier, token.header("kid", "two").text())).isEqualTo("unknown-key");
  }

  private void pass(Duration time) {
    verifying.nanos.addAndGet(time.toNanos());
  }

  @Test
  void aKeyThatIsNotKnownIsFetchedAtABoundedRate() throws IOException {
    KeyPair next = Tokens.pair("RSA", 2048);
    try (KeyProvider provider = new KeyProvider()) {
      provider.keys.set(jwks(WrongTokens.RSA, "one"));
      TokenVerifier verifier =
          verifying.trusting(Map.of("allim.auth.issuers.a.jwks", provider.uri("/keys")));
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
    try (KeyProvider provider = new KeyProvider()) {
      provider.keys.set(jwks(WrongTokens.RSA, "one"));
      TokenVerifier verifier =
          verifying.trusting(Map.of("allim.auth.issuers.a.jwks", provider.uri("/keys")));
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
    try (KeyProvider provider = new KeyProvider()) {
      provider.keys.set(jwks(WrongTokens.RSA, "one"));
      TokenVerifier verifier =
          verifying.trusting(Map.of("allim.auth.issuers.a.oidc", provider.uri("")));
      Tokens token = shared().by("RS256", WrongTokens.RSA.getPrivate());

      assertThat(why(verifier, token.with("iss", provider.uri("")).text())).isEmpty();
      assertThat(why(verifier, token.text())).isEqualTo("issuer");
    }
  }

  @Test
  void aProviderThatIsAnotherIsNotBelieved() throws IOException {
    try (KeyProvider provider = new KeyProvider()) {
      provider.keys.set(jwks(WrongTokens.RSA, "one"));
      provider.name.set("https://another.example");
      TokenVerifier verifier =
          verifying.trusting(Map.of("allim.auth.issuers.a.oidc", provider.uri("")));
      Tokens token =
          shared().by("RS256", WrongTokens.RSA.getPrivate()).with("iss", provider.uri(""));

      assertThat(why(verifier, token.text())).isEqualTo("unknown-key");
      assertThat(provider.asked).hasValue(0);
    }
  }
}
