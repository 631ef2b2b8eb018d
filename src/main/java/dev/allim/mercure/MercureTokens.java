package dev.allim.mercure;

import dev.allim.security.ProtocolTokens;
import dev.allim.security.TokenVerifier;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Whose tokens count here: those of its own keys, one for each role, or those that are trusted
 * everywhere.
 */
@Singleton
class MercureTokens {
  private final ProtocolTokens<MercureToken> publishers;
  private final ProtocolTokens<MercureToken> subscribers;

  MercureTokens(MercureConfig config, TokenVerifier verifier, TokenReader reader, Clock clock) {
    ProtocolTokens<MercureToken> everywhere = verifier.readBy(reader::read);
    this.publishers = of("publisher", config.publisherKey(), everywhere, reader, clock);
    this.subscribers = of("subscriber", config.subscriberKey(), everywhere, reader, clock);
  }

  private static ProtocolTokens<MercureToken> of(
      String role,
      Optional<String> key,
      ProtocolTokens<MercureToken> otherwise,
      TokenReader reader,
      Clock clock) {
    return key.map(
            text ->
                ProtocolTokens.ofKey(
                    "allim.mercure." + role + "-key", "mercure-" + role, text, clock, reader::read))
        .orElse(otherwise);
  }

  /** Those who may publish. */
  ProtocolTokens<MercureToken> publishers() {
    return publishers;
  }

  /** Those who may listen. */
  ProtocolTokens<MercureToken> subscribers() {
    return subscribers;
  }

  /** Looks whether files with keys have changed. May block. */
  void look() {
    publishers.look();
    subscribers.look();
  }
}
