package dev.allim.security;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that were verified, until they expire: most requests carry one that was seen before.
 * Bounded: when the half that is filled is full, the other, which holds what was not asked for
 * since, is forgotten. Safe for any thread, and nobody waits.
 */
final class VerifiedTokens {
  private final int half;
  private volatile Halves halves = new Halves(new ConcurrentHashMap<>(), Map.of());

  private record Halves(Map<String, AccessToken> filled, Map<String, AccessToken> older) {}

  /** Remembers at least half of {@code most} and never more. */
  VerifiedTokens(int most) {
    this.half = Math.max(1, most / 2);
  }

  /** What it says, if it was verified before and has not expired. */
  Optional<AccessToken> find(String text, Instant now) {
    Halves seen = halves;
    AccessToken token = seen.filled().get(text);
    if (token == null) {
      token = seen.older().get(text);
      if (token != null) {
        keep(text, token);
      }
    }
    return Optional.ofNullable(token).filter(known -> known.expires().isAfter(now));
  }

  /** It was verified. */
  void keep(String text, AccessToken token) {
    Halves seen = halves;
    if (seen.filled().size() >= half) {
      // two threads that do this at once forget a little more than they had to
      seen = new Halves(new ConcurrentHashMap<>(), seen.filled());
      halves = seen;
    }
    seen.filled().put(text, token);
  }

  /** Keys are others now. */
  void forgetAll() {
    halves = new Halves(new ConcurrentHashMap<>(), Map.of());
  }
}
