package dev.allim.hub.spi;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * By what right somebody listens.
 *
 * @param expiry when it runs out: the stream ends about a second before; absent for never
 * @param revoked whether it was taken back before: asked when the stream begins, and each time the
 *     hub is told that some were. On any loop; must not block
 * @param begun told, when the stream begins, what ends it in favour of another that takes over: any
 *     thread may run that, also when it is over. On its loop; must not block
 */
public record Entitlement(
    Optional<Instant> expiry, BooleanSupplier revoked, Consumer<Runnable> begun) {
  /** What everybody may, for as long as they want. */
  public static final Entitlement FOREVER = new Entitlement(Optional.empty(), () -> false);

  /** One by which any number of streams may last. */
  public Entitlement(Optional<Instant> expiry, BooleanSupplier revoked) {
    this(expiry, revoked, end -> {});
  }

  /** One that nobody takes back before it runs out. */
  public static Entitlement until(Instant end) {
    return new Entitlement(Optional.of(end), () -> false);
  }
}
