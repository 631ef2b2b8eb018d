/**
 * The log on Redis Streams, shared by many machines. All that changes it are scripts, so that ids,
 * idempotency keys and positions are decided once for all of them; what is new comes to each
 * program by one blocking read.
 */
@NullMarked
package dev.allim.log.redis;

import org.jspecify.annotations.NullMarked;
