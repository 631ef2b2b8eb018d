package dev.allim.security;

import dev.allim.security.keys.VerificationKey;
import dev.allim.text.InvalidFieldException;
import dev.allim.text.PlainText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/**
 * Tokens that another protocol reads in a way of its own, proven by keys that this hub trusts. One
 * that says nothing of its end is valid for as long as its key. Safe for any thread.
 *
 * @param <T> what such a token says to that protocol
 */
public final class ProtocolTokens<T> {
  /** Some tens of megabytes at most, where all tokens are large. */
  private static final int MOST_REMEMBERED = 20_000;

  private static final int LONGEST_SUBJECT = 255;

  private final List<TrustedIssuer> issuers;
  private final Duration leeway;
  private final Clock clock;
  private final Function<Claims, T> reader;
  private final VerifiedTokens<Known<T>> known =
      new VerifiedTokens<>(MOST_REMEMBERED, Known::until);
  private volatile List<List<VerificationKey>> keys;

  /**
   * What a token says, which was proven.
   *
   * @param issuer the name of its issuer in the configuration
   * @param boundTo what {@code iss} had to say; absent if it may say anything
   * @param type what it says to be ({@code typ}), if it does
   * @param subject whose it is ({@code sub}), one line
   * @param expires until when it is valid ({@code exp}); absent for ever
   * @param all all of it, as JSON was read
   */
  public record Claims(
      String issuer,
      Optional<String> boundTo,
      Optional<String> type,
      Optional<String> subject,
      Optional<Instant> expires,
      Map<String, Object> all) {
    /** As the hub's own tokens are, without what it grants: so it may be revoked like them. */
    public AccessToken proven() {
      return new AccessToken(
          issuer,
          subject,
          Optional.ofNullable(all.get("jti")).map(Object::toString),
          all.get("iat") instanceof Number made
              ? Optional.of(Instant.ofEpochSecond(made.longValue()))
              : Optional.empty(),
          expires.orElse(Instant.MAX),
          Grant.NONE);
    }
  }

  private record Known<T>(T read, Instant until) {}

  ProtocolTokens(
      List<TrustedIssuer> issuers, Duration leeway, Clock clock, Function<Claims, T> reader) {
    this.issuers = List.copyOf(issuers);
    this.leeway = leeway;
    this.clock = clock;
    this.reader = reader;
    this.keys = keysNow();
  }

  /** Whether anybody is trusted, so that tokens mean something. */
  public boolean isConfigured() {
    return !issuers.isEmpty();
  }

  /** What a token says that was verified before and has not expired. Never blocks. */
  public Optional<T> known(String token) {
    forgetIfKeysChanged();
    return known.find(token, clock.instant()).map(Known::read);
  }

  /**
   * What a token says. May block: on a key that is to be fetched.
   *
   * @throws TokenRefusedException if it proves nothing, or {@code reader} cannot read it
   */
  public T verify(String token) {
    Claims claims = prove(UnverifiedToken.parse(token), clock.instant());
    T read = reader.apply(claims);
    known.keep(token, new Known<>(read, claims.expires().orElse(Instant.MAX)));
    return read;
  }

  private Claims prove(UnverifiedToken token, Instant now) {
    TokenRefusedException wrong = new TokenRefusedException(Refusal.ISSUER);
    for (TrustedIssuer issuer : issuers) {
      if (issuer.issuer().isEmpty() || issuer.issuer().equals(token.issuer())) {
        try {
          return read(issuer, token.type(), issuer.claims(token, leeway, now, false), now);
        } catch (TokenRefusedException refused) {
          wrong = refused;
        }
      }
    }
    throw wrong;
  }

  private static Claims read(
      TrustedIssuer issuer, Optional<String> type, JwtClaims claims, Instant now) {
    try {
      Optional<Instant> expires =
          Optional.ofNullable(claims.getExpirationTime())
              .map(NumericDate::getValueInMillis)
              .map(Instant::ofEpochMilli);
      if (expires.filter(end -> !end.isAfter(now)).isPresent()) {
        throw new TokenRefusedException(Refusal.EXPIRED);
      }
      Optional<String> subject =
          Optional.ofNullable(claims.getSubject())
              .filter(text -> text.length() <= LONGEST_SUBJECT)
              .map(text -> PlainText.require("sub", text));
      return new Claims(
          issuer.name(), issuer.issuer(), type, subject, expires, claims.getClaimsMap());
    } catch (MalformedClaimException | InvalidFieldException malformed) {
      throw new TokenRefusedException(Refusal.MALFORMED);
    }
  }

  /** A key that is gone proves nothing any more, whatever it has proven before. */
  private void forgetIfKeysChanged() {
    List<List<VerificationKey>> now = keysNow();
    if (!now.equals(keys)) {
      keys = now;
      known.forgetAll();
    }
  }

  private List<List<VerificationKey>> keysNow() {
    return issuers.stream().map(issuer -> issuer.source().keys()).toList();
  }
}
