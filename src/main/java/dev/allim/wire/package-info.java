/**
 * A hub's {@link dev.allim.hub.spi.Wire} over each kind of connection; the one package that knows
 * the insides of Vert.x and Netty.
 *
 * <pre>
 *   HTTP/1.1   Http1Wire takes the connection over; the exchange is at its end for Quarkus
 *     epoll    EpollWire writes to the socket itself while nothing waits before
 *   otherwise  VertxWire goes through the response, which frames as the protocol wants it
 * </pre>
 */
@NullMarked
package dev.allim.wire;

import org.jspecify.annotations.NullMarked;
