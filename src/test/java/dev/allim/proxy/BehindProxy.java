package dev.allim.proxy;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.UUID;

/** The hub as {@code docker/compose.yaml} configures it, with limits that a test can reach. */
public final class BehindProxy implements QuarkusTestProfile {
  static final int STREAMS_PER_ADDRESS = 4;

  /** Where metrics are; nobody tells of a port that was chosen by the system. */
  static final int MANAGEMENT = freePort();

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "allim.publish.open",
        "true",
        "quarkus.management.port",
        Integer.toString(MANAGEMENT),
        "quarkus.http.proxy.proxy-address-forwarding",
        "true",
        "allim.limits.streams-per-address",
        Integer.toString(STREAMS_PER_ADDRESS),
        "allim.stream.heartbeat",
        "200ms",
        "allim.history.path",
        "target/history/proxy-" + UUID.randomUUID() + "/allim.db");
  }
}
