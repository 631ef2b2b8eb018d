package dev.allim.proxy;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.UUID;

/** The hub as {@code docker/compose.yaml} configures it, with limits that a test can reach. */
public final class BehindProxy implements QuarkusTestProfile {
  static final int STREAMS_PER_ADDRESS = 4;

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
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
