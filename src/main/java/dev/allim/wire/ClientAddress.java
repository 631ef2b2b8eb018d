package dev.allim.wire;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Whom the streams of a request are counted for. A proxy may say that it does not know its client
 * ({@code X-Forwarded-For: unknown}, RFC 7239, 6): then it is the proxy itself. An IPv6 client is
 * its network of 64 bits, of which it may take any address it likes.
 */
public final class ClientAddress {
  private static final String NOWHERE = "nowhere";
  private static final int IPV6_BYTES = 16;
  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  public static String of(HttpServerRequest request) {
    return named(request.remoteAddress())
        .or(() -> named(request.connection().remoteAddress()))
        .orElse(NOWHERE);
  }

  private static Optional<String> named(SocketAddress address) {
    return Optional.ofNullable(address).map(SocketAddress::hostAddress).map(ClientAddress::client);
  }

  /** The client behind an address in its literal form. */
  static String client(String address) {
    return address.indexOf(':') < 0 ? address : ofIpv6(address);
  }

  private static String ofIpv6(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes != null && bytes.length == IPV6_BYTES ? network(bytes, address) : address;
  }

  /** IPv4 within IPv6 (RFC 4291, 2.5.5.2) is a network of its own kind: each address counts. */
  private static String network(byte[] bytes, String address) {
    byte[] network = Arrays.copyOf(bytes, NETWORK_BYTES);
    boolean allZero = Arrays.equals(network, new byte[NETWORK_BYTES]);
    return allZero ? address : HexFormat.of().formatHex(network) + "::/64";
  }
}
