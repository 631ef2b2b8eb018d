package dev.allim.log;

import java.time.Instant;

/**
 * What was answered to a publish with an idempotency key, so that the same publish again is
 * answered alike.
 *
 * @param key the publisher's key
 * @param fingerprint of what was published; another one under the same key is a mistake of the
 *     publisher's
 * @param answer what was answered
 * @param later whether any of what was published was to be delivered later
 * @param expires when the key may be used anew
 */
public record IdempotencyRecord(
    String key, String fingerprint, String answer, boolean later, Instant expires) {}
