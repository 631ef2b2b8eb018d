package dev.allim.limits;

import dev.allim.hub.settings.Bounds;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * What one publisher may send over time: the subject of a token, or an address where there is none.
 */
@ConfigMapping(prefix = "allim.limits.publisher")
public interface PublisherLimits {
  /**
   * Notifications a second of one publisher, and other requests that change something; 0 for no
   * limit, as behind a proxy, or with one token for many machines, one publisher may be a whole
   * company. Who has more is answered 429.
   */
  @WithDefault("0")
  int notifications();

  /**
   * Notifications that one publisher may send at once after a pause; by default those of two
   * seconds, but never fewer than a batch may have.
   */
  Optional<Integer> notificationsBurst();

  /**
   * Bytes a second of one publisher's request bodies; 0 for no limit. Who has more is answered 429.
   */
  @WithDefault("0")
  MemorySize bytes();

  /**
   * Bytes that one publisher may send at once after a pause; by default those of two seconds, but
   * never fewer than a body may have.
   */
  Optional<MemorySize> bytesBurst();

  /**
   * What counts notifications, if anything does.
   *
   * @param batch how many one request may have
   * @throws IllegalArgumentException if a request that is right could never pass; names the key
   */
  default Optional<RatePolicy> ofNotifications(long batch) {
    return policy(
        "notifications",
        notifications(),
        notificationsBurst().map(Integer::longValue),
        batch,
        "a batch of allim.limits.batch has to pass");
  }

  /**
   * What counts bytes, if anything does.
   *
   * @param body how many one request may have
   * @throws IllegalArgumentException if a request that is right could never pass; names the key
   */
  default Optional<RatePolicy> ofBytes(long body) {
    return policy(
        "bytes",
        bytes().asLongValue(),
        bytesBurst().map(MemorySize::asLongValue),
        body,
        "a body of allim.limits.body has to pass");
  }

  private static Optional<RatePolicy> policy(
      String what, long rate, Optional<Long> burst, long largest, String why) {
    String key = "allim.limits.publisher." + what;
    Bounds.check(key, rate, 0, Integer.MAX_VALUE, "0 is no limit");
    if (rate == 0) {
      return Optional.empty();
    }
    long most = burst.orElse(Math.max(2 * rate, largest));
    Bounds.check(key + "-burst", most, largest, Long.MAX_VALUE, why);
    return Optional.of(new RatePolicy(what, rate, most));
  }
}
