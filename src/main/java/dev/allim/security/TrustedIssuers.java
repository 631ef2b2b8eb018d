package dev.allim.security;

import dev.allim.security.keys.KeyFile;
import dev.allim.security.keys.KeySource;
import dev.allim.security.keys.KeyText;
import dev.allim.security.keys.KeyUrl;
import dev.allim.security.keys.VerificationKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Makes of the configuration whom it trusts, or says which setting cannot be. */
final class TrustedIssuers {
  private static final Logger LOG = Logger.getLogger(TrustedIssuers.class);

  private static final Set<String> SHARED = Set.of("HS256", "HS384", "HS512");
  private static final Set<String> PUBLIC =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  private static final String PREFIX = "allim.auth.";
  private static final String FILE = "file:";

  private final LongSupplier nanoTime;

  private TrustedIssuers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * All of them.
   *
   * @throws IllegalArgumentException that names the setting which cannot be, and why
   */
  static List<TrustedIssuer> of(AuthConfig config, LongSupplier nanoTime) {
    TrustedIssuers making = new TrustedIssuers(nanoTime);
    List<TrustedIssuer> all = new ArrayList<>();
    config.secret().ifPresent(secret -> all.add(making.newcomer(secret)));
    config.issuers().forEach((name, issuer) -> all.add(making.issuer(name, issuer)));
    requireDistinct(all);
    requireKeysOfTheirOwn(all);
    return List.copyOf(all);
  }

  /** Two who may say the same of themselves could each make the tokens of the other. */
  private static void requireDistinct(List<TrustedIssuer> all) {
    Set<String> seen = new HashSet<>();
    for (TrustedIssuer one : all) {
      one.issuer()
          .filter(issuer -> !seen.add(issuer))
          .ifPresent(
              twice -> {
                throw new IllegalArgumentException(
                    "%sissuers.%s.issuer is that of another issuer, too: each needs its own"
                        .formatted(PREFIX, one.name()));
              });
    }
  }

  /**
   * What two sign with one key is told apart by what they say of themselves, and otherwise not at
   * all. With keys of their own they need not say anything: a token is of whose key has signed it.
   */
  private static void requireKeysOfTheirOwn(List<TrustedIssuer> all) {
    for (int i = 0; i < all.size(); i++) {
      TrustedIssuer one = all.get(i);
      all.subList(0, i).stream()
          .filter(other -> one.issuer().isEmpty() || other.issuer().isEmpty())
          .filter(other -> !Collections.disjoint(keys(one), keys(other)))
          .forEach(
              other -> {
                throw new IllegalArgumentException(
                    "%s and %s have a key in common, so that each could make the tokens of the other: give each its own, or each an issuer"
                        .formatted(setting(one), setting(other)));
              });
    }
  }

  private static List<Key> keys(TrustedIssuer issuer) {
    return issuer.source().keys().stream().map(VerificationKey::key).toList();
  }

  private static String setting(TrustedIssuer issuer) {
    return PREFIX + (issuer.name().isEmpty() ? "secret" : "issuers." + issuer.name());
  }

  private TrustedIssuer newcomer(String secret) {
    return new TrustedIssuer(
        "", Optional.empty(), Optional.empty(), SHARED, secret(PREFIX + "secret", secret));
  }

  private TrustedIssuer issuer(String name, AuthConfig.Issuer issuer) {
    String prefix = PREFIX + "issuers." + name;
    long kinds =
        Stream.of(issuer.secret(), issuer.publicKey(), issuer.jwks(), issuer.oidc())
            .filter(Optional::isPresent)
            .count();
    if (kinds != 1) {
      throw new IllegalArgumentException(
          "%s has %d kinds of keys, but must have one of secret, public-key, jwks and oidc"
              .formatted(prefix, kinds));
    }
    return new TrustedIssuer(
        name,
        issuer.issuer().or(issuer::oidc),
        issuer.audience(),
        algorithms(prefix, issuer),
        source(prefix, issuer));
  }

  private static Set<String> algorithms(String prefix, AuthConfig.Issuer issuer) {
    Set<String> possible = issuer.secret().isPresent() ? SHARED : PUBLIC;
    Set<String> wanted = issuer.algorithms().<Set<String>>map(HashSet::new).orElse(possible);
    if (wanted.isEmpty() || !possible.containsAll(wanted)) {
      throw new IllegalArgumentException(
          "%s.algorithms is %s, but with keys of this kind may hold %s"
              .formatted(prefix, wanted, possible.stream().sorted().toList()));
    }
    return wanted;
  }

  /**
   * Somebody who has but one key, and need not say who he is: a secret or public keys in PEM, or
   * {@code file:} and the path of a file with either.
   *
   * @param setting that holds it
   * @throws IllegalArgumentException that names the setting, if that is no key
   */
  static TrustedIssuer ofKey(String name, String setting, String text) {
    Function<String, List<VerificationKey>> read =
        key -> key.contains(KeyText.PEM) ? KeyText.pem(key) : KeyText.secret(key);
    KeySource source =
        text.startsWith(FILE)
            ? new KeyFile(setting, Path.of(text.substring(FILE.length())), read)
            : fixed(setting, text, read);
    Set<String> all = new HashSet<>(SHARED);
    all.addAll(PUBLIC);
    return new TrustedIssuer(name, Optional.empty(), Optional.empty(), all, source);
  }

  private KeySource source(String prefix, AuthConfig.Issuer issuer) {
    return issuer
        .secret()
        .map(text -> secret(prefix + ".secret", text))
        .or(() -> issuer.publicKey().map(text -> publicKeys(prefix + ".public-key", text)))
        .or(() -> issuer.jwks().map(text -> jwks(prefix + ".jwks", text)))
        .or(() -> issuer.oidc().map(text -> provider(prefix + ".oidc", text)))
        .orElseThrow();
  }

  private static KeySource secret(String setting, String text) {
    return text.startsWith(FILE)
        ? new KeyFile(setting, Path.of(text.substring(FILE.length())), KeyText::secret)
        : fixed(setting, text, KeyText::secret);
  }

  private static KeySource publicKeys(String setting, String text) {
    return text.strip().startsWith(KeyText.PEM)
        ? fixed(setting, text, KeyText::pem)
        : new KeyFile(setting, path(text), KeyText::pem);
  }

  private KeySource jwks(String setting, String text) {
    return isUrl(text)
        ? looked(KeyUrl.jwks(setting, url(setting, text), nanoTime))
        : new KeyFile(setting, path(text), KeyText::jwks);
  }

  private KeySource provider(String setting, String text) {
    return looked(KeyUrl.provider(setting, url(setting, text), nanoTime));
  }

  /** Who cannot be reached at the start may be later. */
  private static KeySource looked(KeySource source) {
    source.look();
    return source;
  }

  private static Path path(String text) {
    return Path.of(text.startsWith(FILE) ? text.substring(FILE.length()) : text);
  }

  private static boolean isUrl(String text) {
    return text.startsWith("https://") || text.startsWith("http://");
  }

  private static URI url(String setting, String text) {
    if (!isUrl(text)) {
      throw new IllegalArgumentException(setting + " is no URL that begins with https://");
    }
    if (text.startsWith("http://")) {
      LOG.warnf("%s is fetched without TLS: whoever is on the way can give out keys", setting);
    }
    try {
      return URI.create(text);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(setting + " is no URL", malformed);
    }
  }

  private static KeySource fixed(
      String setting, String text, Function<String, List<VerificationKey>> read) {
    try {
      return new KeySource.Fixed(KeySource.told(setting, () -> read.apply(text)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("A text needs no file", impossible);
    }
  }
}
