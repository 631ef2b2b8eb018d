/**
 * The wire: how a notification looks as a Server-Sent Event (WHATWG HTML, 9.2), and how a JAX-RS
 * response becomes a stream of them.
 *
 * <p>{@link dev.allim.sse.SseEncoder} is pure. {@link dev.allim.sse.EventStream} is the {@code
 * Multi} that a resource returns: Quarkus REST writes the head, subscribes to it on the
 * connection's event loop, and from then on frames go from the hub straight to the connection
 * through a {@link dev.allim.hub.Wire}.
 *
 * <pre>
 *   HTTP/1.1   Http1Wire takes the connection over; the exchange is at its end for Quarkus
 *     epoll    EpollWire writes to the socket itself while nothing waits before
 *   otherwise  VertxWire goes through the response, which frames as the protocol wants it
 * </pre>
 *
 * <p>On a JVM a first stream is played within the program before the port opens ({@link
 * dev.allim.sse.Rehearsal}).
 */
@NullMarked
package dev.allim.sse;

import org.jspecify.annotations.NullMarked;
