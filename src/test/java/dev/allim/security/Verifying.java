package dev.allim.security;

import dev.allim.testing.HandClock;
import dev.allim.testing.Tokens;
import dev.allim.testing.WrongTokens;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A verifier with a clock by hand, and tokens for it. */
final class Verifying {
  static final Instant NOW = HandClock.START;

  final HandClock clock = new HandClock();
  final AtomicLong nanos = new AtomicLong();

  TokenVerifier trusting(Map<String, String> settings) {
    AuthConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(AuthConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build()
            .getConfigMapping(AuthConfig.class);
    return new TokenVerifier(config, clock, nanos::get);
  }

  static Tokens shared() {
    return WrongTokens.shared(NOW);
  }

  static Tokens rsa() {
    return WrongTokens.rsa(NOW);
  }

  /** Why {@code token} is refused; empty if it is not. */
  static String why(TokenVerifier verifier, String token) {
    try {
      verifier.verify(token);
      return "";
    } catch (TokenRefusedException refused) {
      return refused.reason().toString();
    }
  }
}
