package dev.allim.security;

import jakarta.inject.Singleton;
import java.util.function.Predicate;

/** Which tokens count no more, though they have not expired. Safe for any thread. */
@Singleton
public class RevokedTokens {
  private volatile Predicate<AccessToken> revoked = token -> false;

  /** Whether it was taken back. Never blocks. */
  public boolean includes(AccessToken token) {
    return revoked.test(token);
  }

  /** From now on they are these; {@code now} must be quick, and safe for any thread. */
  public void replace(Predicate<AccessToken> now) {
    revoked = now;
  }
}
