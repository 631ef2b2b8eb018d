package dev.allim.security;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Tokens that were verified, until they expire: most requests carry one that was seen before.
 * Bounded: when the half that is filled is full, the other, which holds what was not asked for
 * since, is forgotten. Safe for any thread, and nobody waits.
 *
 * @param <T> what they say
 */
final class VerifiedTokens<T> {
  private final int half;
  private final Function<T, Instant> end;
  private volatile Halves<T> halves = new Halves<>(new ConcurrentHashMap<>(), Map.of());

  private record Halves<T>(Map<String, T> filled, Map<String, T> older) {}

  /** Remembers at least half of {@code most} and never more, each until its {@code end}. */
  VerifiedTokens(int most, Function<T, Instant> end) {
    this.end = end;
    this.half = Math.max(1, most / 2);
  }

  /** What it says, if it was verified before and has not expired. */
  Optional<T> find(String text, Instant now) {
    Halves<T> seen = halves;
    T token = seen.filled().get(text);
    if (token == null) {
      token = seen.older().get(text);
      if (token != null) {
        keep(text, token);
      }
    }
    return Optional.ofNullable(token).filter(known -> end.apply(known).isAfter(now));
  }

  /** It was verified. */
  void keep(String text, T token) {
    Halves<T> seen = halves;
    if (seen.filled().size() >= half) {
      // two threads that do this at once forget a little more than they had to
      seen = new Halves<>(new ConcurrentHashMap<>(), seen.filled());
      halves = seen;
    }
    seen.filled().put(text, token);
  }

  /** Keys are others now. */
  void forgetAll() {
    halves = new Halves<>(new ConcurrentHashMap<>(), Map.of());
  }
}
