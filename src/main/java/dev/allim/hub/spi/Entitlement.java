package dev.allim.hub.spi;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * By what right somebody listens.
 *
 * @param expiry when it runs out: the stream ends about a second before; absent for never
 * @param revoked whether it was taken back before: asked when the stream begins, and each time the
 *     hub is told that some were. On any loop; must not block
 */
public record Entitlement(Optional<Instant> expiry, BooleanSupplier revoked) {
  /** What everybody may, for as long as they want. */
  public static final Entitlement FOREVER = new Entitlement(Optional.empty(), () -> false);

  /** One that nobody takes back before it runs out. */
  public static Entitlement until(Instant end) {
    return new Entitlement(Optional.of(end), () -> false);
  }
}
