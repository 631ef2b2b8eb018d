/**
 * How a notification looks as a Server-Sent Event (WHATWG HTML, 9.2), and how a JAX-RS response
 * becomes a stream of them.
 *
 * <p>{@link dev.allim.sse.SseEncoder} is pure. {@link dev.allim.sse.EventStream} is the {@code
 * Multi} that a resource returns: Quarkus REST writes the head, subscribes to it on the
 * connection's event loop, and from then on frames go from the hub straight to the connection
 * through a {@link dev.allim.hub.spi.Wire}.
 */
@NullMarked
package dev.allim.sse;

import org.jspecify.annotations.NullMarked;
