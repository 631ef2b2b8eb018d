package dev.allim.security;

import static dev.allim.security.Verifying.NOW;
import static dev.allim.security.Verifying.rsa;
import static dev.allim.security.Verifying.shared;
import static dev.allim.security.Verifying.why;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.Tokens;
import dev.allim.testing.WrongTokens;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final Map<String, String> WRONG = WrongTokens.all(NOW);

  private final Verifying verifying = new Verifying();

  // ---- right ones

  @Test
  void withoutAKeyNobodyIsTrusted() {
    assertThat(verifying.trusting(Map.of()).isConfigured()).isFalse();
    assertThat(verifying.trusting(WrongTokens.settings()).isConfigured()).isTrue();
  }

  @Test
  void whatATokenSaysIsWhatItsHolderMay() {
    Tokens token =
        shared()
            .with("jti", "7")
            .with("iat", NOW.minusSeconds(5).getEpochSecond())
            .granting(List.of("orders/{id}"), List.of("users/42/{+rest}"));

    AccessToken said = verifying.trusting(WrongTokens.settings()).verify(token.text());

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
    AccessToken said = verifying.trusting(WrongTokens.settings()).verify(rsa().text());

    assertThat(said.issuer()).isEqualTo("rsa");
    assertThat(said.grant()).isEqualTo(Grant.NONE);
    assertThat(said.grant().audience()).isEqualTo(new Audience.Public());
  }

  @Test
  void theClaimMayHaveAnotherName() {
    Map<String, String> settings = new HashMap<>(WrongTokens.settings());
    settings.put("allim.auth.claim", "https://example.com/allim");
    Tokens token = shared().with("https://example.com/allim", Map.of("admin", true));

    assertThat(verifying.trusting(settings).verify(token.text()).grant().admin()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256"})
  void eachAllowedAlgorithmOfAKeyIsTaken(String algorithm) {
    Tokens token = rsa().by(algorithm, WrongTokens.RSA.getPrivate());

    assertThat(why(verifying.trusting(WrongTokens.settings()), token.text())).isEmpty();
  }

  @Test
  void clocksThatAreALittleAheadAreForgivenAndNothingLastsLonger() {
    TokenVerifier verifier = verifying.trusting(WrongTokens.settings());
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
    TokenVerifier verifier = verifying.trusting(settings);
    Tokens token = shared().with("iss", "ec").by("ES256", elliptic.getPrivate());

    assertThat(verifier.verify(token.text()).issuer()).isEqualTo("ec");
    assertThat(why(verifier, rsa().by("ES256", elliptic.getPrivate()).text()))
        .isEqualTo("algorithm");
    assertThat(why(verifier, token.by("RS256", WrongTokens.RSA.getPrivate()).text()))
        .isEqualTo("unknown-key");
  }

  @Test
  void whatMayPassIsToldWhateverOthersSay() {
    TokenVerifier verifier =
        verifying.trusting(
            Map.of(
                "allim.auth.secret",
                Tokens.SECRET,
                "allim.auth.issuers.other.secret",
                "x".repeat(40)));

    assertThat(why(verifier, shared().lasting(Duration.ofHours(-1), NOW).text()))
        .isEqualTo("expired");
  }

  @Test
  void amongKeysOfSeveralCurvesTheOneOfTheAlgorithmCounts() {
    Map<String, KeyPair> pairs =
        Map.of(
            "ES512",
            Tokens.pair("EC", 521),
            "ES256",
            Tokens.pair("EC", 256),
            "ES384",
            Tokens.pair("EC", 384));
    String pem =
        String.join("", pairs.values().stream().map(each -> Tokens.pem(each.getPublic())).toList());
    TokenVerifier verifier = verifying.trusting(Map.of("allim.auth.issuers.ec.public-key", pem));

    for (String algorithm : pairs.keySet()) {
      Tokens token = shared().by(algorithm, pairs.get(algorithm).getPrivate());
      assertThat(why(verifier, token.text())).as(algorithm).isEmpty();
      Tokens stranger = token.by(algorithm, Tokens.pair("EC", bits(algorithm)).getPrivate());
      assertThat(why(verifier, stranger.text())).as(algorithm).isEqualTo("signature");
    }
  }

  private static int bits(String algorithm) {
    return algorithm.equals("ES512") ? 521 : Integer.parseInt(algorithm.substring(2));
  }

  // ---- wrong ones

  static Stream<String> everyWay() {
    return WRONG.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void whatIsWrongIsRefusedForThatReason(String way) {
    assertThat(why(verifying.trusting(WrongTokens.settings()), WRONG.get(way)))
        .isEqualTo(way.substring(0, way.indexOf(':')));
  }

  @Test
  void aTokenIsNotTakenLongerBecauseItWasTakenBefore() {
    TokenVerifier verifier = verifying.trusting(WrongTokens.settings());
    String token = shared().text();
    verifier.verify(token);
    assertThat(verifier.known(token)).isPresent();

    verifying.clock.advance(Duration.ofSeconds(60));

    assertThat(verifier.known(token)).isEmpty();
    assertThat(why(verifier, token)).isEqualTo("expired");
  }

  @Test
  void whatIsRememberedIsBounded() {
    VerifiedTokens<AccessToken> remembered = new VerifiedTokens<>(10, AccessToken::expires);
    AccessToken token = verifying.trusting(WrongTokens.settings()).verify(shared().text());
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
}
