package dev.allim.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a publisher wishes for one notification besides its topics and data; all of it may be left
 * out.
 *
 * @param id chosen by the publisher
 * @param event the name of the SSE event
 * @param retry for the browser, in milliseconds
 * @param key what it replaces
 * @param ttl how long after its delivery it is of use
 * @param delay how much later it is delivered
 * @param deliverAt when it is delivered
 * @param idempotencyKey makes the publish idempotent
 * @param isPrivate whether only those may see it who hold a grant for one of its topics
 */
public record PublishOptions(
    Optional<String> id,
    Optional<String> event,
    OptionalLong retry,
    Optional<String> key,
    Optional<Duration> ttl,
    Optional<Duration> delay,
    Optional<Instant> deliverAt,
    Optional<String> idempotencyKey,
    boolean isPrivate) {}
