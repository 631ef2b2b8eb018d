package dev.allim.access;

import dev.allim.security.AccessToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells of a token whether any of many revocations covers it, without a look at each of them. Every
 * request with a token asks. Immutable.
 */
final class RevocationIndex implements Predicate<AccessToken> {
  private final Map<String, List<Revocation>> byTokenId = new HashMap<>();
  private final Map<String, List<Revocation>> bySubject = new HashMap<>();

  /** Of those that name nothing but an issuer or none, the one that reaches furthest. */
  private final Map<Optional<String>, Revocation> general = new HashMap<>();

  RevocationIndex(Collection<Revocation> revocations) {
    revocations.forEach(this::add);
  }

  private void add(Revocation revocation) {
    if (revocation.tokenId().isPresent()) {
      put(byTokenId, revocation.tokenId().get(), revocation);
    } else if (revocation.subject().isPresent()) {
      put(bySubject, revocation.subject().get(), revocation);
    } else {
      general.merge(revocation.issuer(), revocation, RevocationIndex::further);
    }
  }

  private static void put(Map<String, List<Revocation>> index, String key, Revocation revocation) {
    index.computeIfAbsent(key, any -> new ArrayList<>()).add(revocation);
  }

  private static Revocation further(Revocation one, Revocation other) {
    Instant end = one.before().orElse(Instant.MAX);
    return other.before().orElse(Instant.MAX).isAfter(end) ? other : one;
  }

  @Override
  public boolean test(AccessToken token) {
    return isAmong(byTokenId, token.id(), token)
        || isAmong(bySubject, token.subject(), token)
        || isCovered(general.values(), token);
  }

  private static boolean isAmong(
      Map<String, List<Revocation>> index, Optional<String> key, AccessToken token) {
    return !index.isEmpty()
        && key.isPresent()
        && isCovered(index.getOrDefault(key.get(), List.of()), token);
  }

  private static boolean isCovered(Collection<Revocation> some, AccessToken token) {
    return some.stream().anyMatch(revocation -> revocation.covers(token));
  }
}
