package dev.allim.mercure;

import dev.allim.security.ProtocolTokens;
import dev.allim.security.TokenVerifier;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Whose tokens count here: those of its own keys, one for each role, or those that are trusted
 * everywhere.
 */
@Singleton
class MercureTokens {
  private final ProtocolTokens<MercureToken> publishers;
  private final ProtocolTokens<MercureToken> subscribers;

  MercureTokens(MercureConfig config, TokenVerifier verifier, TokenReader reader) {
    this.publishers = of("publisher", config.publisherKey(), verifier, reader);
    this.subscribers = of("subscriber", config.subscriberKey(), verifier, reader);
  }

  private static ProtocolTokens<MercureToken> of(
      String role, Optional<String> key, TokenVerifier verifier, TokenReader reader) {
    return key.map(
            text ->
                verifier.readBy(
                    "allim.mercure." + role + "-key", "mercure-" + role, text, reader::read))
        .orElseGet(() -> verifier.readBy(reader::read));
  }

  /** Those who may publish. */
  ProtocolTokens<MercureToken> publishers() {
    return publishers;
  }

  /** Those who may listen. */
  ProtocolTokens<MercureToken> subscribers() {
    return subscribers;
  }
}
