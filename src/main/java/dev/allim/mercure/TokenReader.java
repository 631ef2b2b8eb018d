package dev.allim.mercure;

import dev.allim.mercure.topic.HubUrl;
import dev.allim.mercure.topic.Selectors;
import dev.allim.security.ProtocolTokens;
import dev.allim.security.TokenRefusedException;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what tokens grant: those of draft 08, which say that they are, and those of draft 07. */
@Singleton
class TokenReader {
  private static final Set<String> ACCESS_TOKEN = Set.of("at+jwt", "application/at+jwt");

  private final Optional<String> url;
  private final Optional<String> issuer;
  private final boolean knowsDraft07;
  private final Selectors selectors;

  TokenReader(MercureConfig config) {
    this.url = config.url();
    this.issuer = config.issuer();
    this.knowsDraft07 = config.knowsDraft07();
    this.selectors = new Selectors(HubUrl.of(config.url()));
  }

  /**
   * Reads one that was proven.
   *
   * @throws TokenRefusedException if it is not what it should be
   */
  MercureToken read(ProtocolTokens.Claims claims) {
    if (url.isPresent() && isAccessToken(claims)) {
      requireForThisHub(claims);
      return token(
          claims,
          RightsReader.ofDetails(claims.all().get("authorization_details"), selectors),
          false);
    }
    if (knowsDraft07) {
      return token(claims, RightsReader.ofClaim(claims.all(), selectors), true);
    }
    throw TokenRefusedException.unreadable();
  }

  private static MercureToken token(
      ProtocolTokens.Claims claims, MercureToken.Rights rights, boolean isOld) {
    return new MercureToken(claims.proven(), claims.expires(), rights, isOld);
  }

  private static boolean isAccessToken(ProtocolTokens.Claims claims) {
    return claims
        .type()
        .map(type -> type.toLowerCase(Locale.ROOT))
        .filter(ACCESS_TOKEN::contains)
        .isPresent();
  }

  /** RFC 9068: who made it, for whom, until when. */
  private void requireForThisHub(ProtocolTokens.Claims claims) {
    Optional<String> expected = claims.boundTo().or(() -> issuer);
    boolean byIssuer = expected.isPresent() && expected.get().equals(claims.all().get("iss"));
    if (!byIssuer || claims.expires().isEmpty() || !isFor(claims.all().get("aud"))) {
      throw TokenRefusedException.unreadable();
    }
  }

  private boolean isFor(@Nullable Object audience) {
    return audience instanceof Collection<?> several
        ? several.contains(url.orElseThrow())
        : url.orElseThrow().equals(audience);
  }
}
