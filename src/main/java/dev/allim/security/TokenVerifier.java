package dev.allim.security;

import dev.allim.security.keys.KeySource;
import dev.allim.security.keys.VerificationKey;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Finds out what tokens prove, with the keys of those who are trusted. Keys are followed while the
 * program runs. Safe for any thread.
 */
@Singleton
public class TokenVerifier {
  /** Some tens of megabytes at most, where all tokens are large. */
  private static final int MOST_REMEMBERED = 20_000;

  private final List<TrustedIssuer> issuers;

  /** Of keys that count for another protocol alone, and change like all others. */
  private final Queue<KeySource> elsewhere = new ConcurrentLinkedQueue<>();

  private final TrustedIssuer.Rules rules;
  private final Clock clock;
  private final VerifiedTokens<AccessToken> verified =
      new VerifiedTokens<>(MOST_REMEMBERED, AccessToken::expires);

  @Inject
  TokenVerifier(AuthConfig config, Clock clock) {
    this(config, clock, System::nanoTime);
  }

  TokenVerifier(AuthConfig config, Clock clock, LongSupplier nanoTime) {
    AuthSettings.check(config);
    this.issuers = TrustedIssuers.of(config, nanoTime);
    this.rules =
        new TrustedIssuer.Rules(
            config.claim(), config.leeway(), config.revocations().longestLife());
    this.clock = clock;
  }

  /** Asking for it makes it: a setting that cannot be fails the start, not a request. */
  void start(@Observes StartupEvent event) {
    // made
  }

  /** Whether anybody is trusted, so that tokens mean something. */
  public boolean isConfigured() {
    return !issuers.isEmpty();
  }

  /** Tokens that another protocol reads in a way of its own, proven by the same keys. */
  public <T> ProtocolTokens<T> readBy(Function<ProtocolTokens.Claims, T> reader) {
    return new ProtocolTokens<>(issuers, rules.leeway(), clock, reader);
  }

  /**
   * The same, proven by one key that counts nowhere else: a secret or public keys in PEM, or {@code
   * file:} and the path of a file with either, which is followed.
   *
   * @param setting that holds it
   * @param name by which tokens of it are told from others
   * @throws IllegalArgumentException that names the setting, if that is no key
   */
  public <T> ProtocolTokens<T> readBy(
      String setting, String name, String key, Function<ProtocolTokens.Claims, T> reader) {
    TrustedIssuer owner = TrustedIssuers.ofKey(name, setting, key);
    elsewhere.add(owner.source());
    return new ProtocolTokens<>(List.of(owner), Duration.ZERO, clock, reader);
  }

  /** Whether an issuer has this name in the configuration. */
  public boolean knowsIssuer(String name) {
    return issuers.stream().anyMatch(issuer -> issuer.name().equals(name));
  }

  /** What a token says that was verified before and has not expired. Never blocks. */
  public Optional<AccessToken> known(String token) {
    return verified.find(token, clock.instant());
  }

  /**
   * What a token says. May block: on a key that is to be fetched.
   *
   * @throws TokenRefusedException if it proves nothing
   */
  public AccessToken verify(String token) {
    Instant now = clock.instant();
    Optional<AccessToken> known = verified.find(token, now);
    if (known.isPresent()) {
      return known.get();
    }
    AccessToken fresh = verify(UnverifiedToken.parse(token), now);
    verified.keep(token, fresh);
    return fresh;
  }

  private AccessToken verify(UnverifiedToken token, Instant now) {
    TokenRefusedException wrong = new TokenRefusedException(Refusal.ISSUER);
    for (TrustedIssuer issuer : issuers) {
      if (issuer.issuer().isEmpty() || issuer.issuer().equals(token.issuer())) {
        try {
          return verify(issuer, token, now);
        } catch (TokenRefusedException refused) {
          wrong = wrong.reason().mayPass() ? wrong : refused;
        }
      }
    }
    throw wrong;
  }

  /** A key that the token named may have been fetched for it. */
  private AccessToken verify(TrustedIssuer issuer, UnverifiedToken token, Instant now) {
    List<VerificationKey> before = issuer.source().keys();
    try {
      return issuer.verify(token, rules, now);
    } finally {
      forgetIf(!before.equals(issuer.source().keys()));
    }
  }

  /** Looks whether keys have changed. */
  @Scheduled(every = "3s", delayed = "3s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    forgetIf(sources().filter(KeySource::look).count() > 0);
  }

  /** Reads all keys anew, from wherever they are. May block. */
  public void reload() {
    forgetIf(sources().filter(KeySource::reload).count() > 0);
  }

  private Stream<KeySource> sources() {
    return Stream.concat(issuers.stream().map(TrustedIssuer::source), elsewhere.stream());
  }

  /** A key that is gone proves nothing any more, whatever it has proven before. */
  private void forgetIf(boolean changed) {
    if (changed) {
      verified.forgetAll();
    }
  }
}
