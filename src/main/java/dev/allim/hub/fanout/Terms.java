package dev.allim.hub.fanout;

import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.hub.spi.Identity;
import dev.allim.hub.spi.SubscribeRequest;
import dev.allim.topic.TopicFilter;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * On what terms a subscription was opened.
 *
 * @param maxAgeAt when it ends by its age, in the lane's nanoseconds; {@link Long#MAX_VALUE} for
 *     never
 * @param expiresAt when its grant runs out, in milliseconds since 1970; {@link Long#MAX_VALUE} for
 *     never
 * @param revoked whether its grant was taken back
 * @param identity whose it is, if that is known
 * @param shown what is told of it to who asks who is there
 */
public record Terms(
    long maxAgeAt,
    long expiresAt,
    BooleanSupplier revoked,
    Optional<Identity> identity,
    Optional<ActiveSubscription> shown) {
  /** Of one that nobody is told of. */
  public Terms(
      long maxAgeAt, long expiresAt, BooleanSupplier revoked, Optional<Identity> identity) {
    this(maxAgeAt, expiresAt, revoked, identity, Optional.empty());
  }

  /** Those of a request, whose filter is equal to one that is kept anyway. */
  public static Terms of(long maxAgeAt, SubscribeRequest request, TopicFilter filter) {
    return new Terms(
        maxAgeAt,
        request.entitlement().expiry().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE),
        request.entitlement().revoked(),
        request.identity(),
        request.shown().map(one -> one.sharing(filter)));
  }

  /** Whether what was granted was taken back. */
  public boolean isRevoked() {
    return revoked.getAsBoolean();
  }

  boolean tooOld(long now) {
    return now - maxAgeAt >= 0 && maxAgeAt != Long.MAX_VALUE;
  }

  boolean expired(long millis) {
    return millis >= expiresAt;
  }

  boolean expiresWithin(long ahead, long millis) {
    return ahead > 0 && expiresAt != Long.MAX_VALUE && millis >= expiresAt - ahead;
  }
}
