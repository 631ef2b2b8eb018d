package dev.allim.security;

import static dev.allim.security.Verifying.why;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.testing.Tokens;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of keys that cannot be are named at the start. */
class AuthSettingsTest {
  private final Verifying verifying = new Verifying();

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
    "ticket.ttl, 0s, must be between 1s and 3600s",
    "ticket.ttl, PT-30S, must be between 1s and 3600s",
    "ticket.most, 0, must be between 1 and 100000",
    "ticket.most, 100001, must be between 1 and 100000",
    "ticket.ttl, 2h, must be between 1s and 3600s",
    "cookie.origins, *, has '*'",
    "cookie.origins, null, has 'null'",
    "cookie.origins, shop.example, has 'shop.example'",
    "cookie.origins, https://*.shop.example, must have origins",
    "cookie.origins, https://shop.example/, must have origins",
    "cookie.origins, https://shop.example/page, must have origins",
    "cookie.origins, https://Shop.example, must have origins",
    "cookie.origins, https://shop.example:443, must have origins",
    "cookie.origins, http://shop.example:80, must have origins",
    "cookie.same-site, none, but allim.auth.cookie.origins names none",
  })
  void aSettingThatCannotBeIsNamed(String key, String value, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> verifying.trusting(Map.of("allim.auth." + key, value)))
        .withMessageContaining("allim.auth." + key.replaceAll("\\.audience$", ""))
        .withMessageContaining(why)
        .withMessageNotContaining("\n");
  }

  @Test
  void originsAreTakenAsBrowsersWriteThem() {
    TokenVerifier verifier =
        verifying.trusting(
            Map.of(
                "allim.auth.cookie.same-site",
                "none",
                "allim.auth.cookie.origins",
                "https://shop.example,http://localhost:3000,http://[::1]:8080,capacitor://localhost"));

    assertThat(verifier.isConfigured()).isFalse();
  }

  private void requireRefused(String message, Map<String, String> settings) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> verifying.trusting(settings))
        .withMessageContaining(message);
  }

  @Test
  void settingsThatContradictEachOtherAreNamed() {
    requireRefused(
        "allim.auth.issuers.a has 2 kinds of keys",
        Map.of(
            "allim.auth.issuers.a.secret",
            Tokens.SECRET,
            "allim.auth.issuers.a.jwks",
            "https://a.example/keys"));
    requireRefused(
        "allim.auth.issuers.a.algorithms is [RS256]",
        Map.of(
            "allim.auth.issuers.a.secret",
            Tokens.SECRET,
            "allim.auth.issuers.a.algorithms",
            "RS256"));
    requireRefused(
        "allim.auth.issuers.a.algorithms is [none]",
        Map.of(
            "allim.auth.issuers.a.secret",
            Tokens.SECRET,
            "allim.auth.issuers.a.algorithms",
            "none"));
    requireRefused(
        ".issuer is that of another issuer",
        Map.of(
            "allim.auth.issuers.a.secret",
            Tokens.SECRET,
            "allim.auth.issuers.a.issuer",
            "me",
            "allim.auth.issuers.b.secret",
            Tokens.SECRET,
            "allim.auth.issuers.b.issuer",
            "me"));
  }

  @Test
  void whoHasAKeyInCommonSaysWhoItIs() {
    requireRefused(
        "allim.auth.issuers.a and allim.auth.secret have a key in common",
        Map.of("allim.auth.secret", Tokens.SECRET, "allim.auth.issuers.a.secret", Tokens.SECRET));
    requireRefused(
        "have a key in common",
        Map.of(
            "allim.auth.issuers.a.secret",
            Tokens.SECRET,
            "allim.auth.issuers.b.secret",
            Tokens.SECRET,
            "allim.auth.issuers.b.issuer",
            "me"));

    TokenVerifier verifier =
        verifying.trusting(
            Map.of(
                "allim.auth.secret",
                Tokens.SECRET,
                "allim.auth.issuers.a.secret",
                Tokens.SECRET + "x"));
    Tokens another = Verifying.shared().by("HS256", Tokens.secret(Tokens.SECRET + "x"));
    assertThat(verifier.verify(Verifying.shared().text()).issuer()).isEmpty();
    assertThat(verifier.verify(another.text()).issuer()).isEqualTo("a");
  }

  @Test
  void aWeakKeyIsNamed() {
    String weak = Tokens.pem(Tokens.pair("RSA", 1024).getPublic());

    assertThatThrownBy(() -> verifying.trusting(Map.of("allim.auth.issuers.a.public-key", weak)))
        .hasMessageContaining("allim.auth.issuers.a.public-key has an RSA key of 1024 bits");
  }
}
