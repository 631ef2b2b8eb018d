package dev.allim.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * How much of something is let through: a bucket that is full at first and after a pause.
 *
 * @param what it counts, also its name in the header fields
 * @param rate how many come into the bucket in a second
 * @param burst how many the bucket holds
 */
record RatePolicy(String what, long rate, long burst) {
  private static final Duration SECOND = Duration.ofSeconds(1);

  Bucket fullBucket(TimeMeter clock) {
    return Bucket.builder()
        .addLimit(Bandwidth.builder().capacity(burst).refillGreedy(rate, SECOND).build())
        .withCustomTimePrecision(clock)
        .build();
  }

  /**
   * As {@code RateLimit-Policy} lists it: so much in so many seconds (httpapi-ratelimit-headers).
   */
  String field() {
    String unit = what.equals("bytes") ? ";qu=\"content-bytes\"" : "";
    return "\"%s\";q=%d%s;w=%d".formatted(what, burst, unit, Math.max(1, burst / rate));
  }
}
