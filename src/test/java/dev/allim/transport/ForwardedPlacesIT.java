package dev.allim.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.RawHttp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy that does not know its client, or says nonsense of it, takes no place for good. */
class ForwardedPlacesIT {
  private static final int PLACES = 2;

  @TempDir Path directory;

  @Test
  void whoeverComesAndGoesLeavesItsPlace() {
    try (HubProgram hub =
        HubProgram.start(
            directory,
            Map.of(
                "quarkus.http.proxy.proxy-address-forwarding", "true",
                "allim.limits.streams", String.valueOf(PLACES),
                "allim.limits.streams-per-address", String.valueOf(PLACES)))) {
      for (String address : new String[] {"unknown", "_hidden", "1.2.3.4.5", "unknown:1"}) {
        for (int i = 0; i <= PLACES; i++) {
          comeAndGo(hub, address);
        }
      }
    }
  }

  private static void comeAndGo(HubProgram hub, String address) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
                http.request("GET /events/places HTTP/1.1", "X-Forwarded-For: " + address);
                // who is turned away is told when to come back, but no place to go on from
                assertThat(http.readThrough("\n\n")).contains("200 OK", "id: place:");
                hub.client().publish("/events/places", "in");
                assertThat(http.readThrough("data: in")).isNotEmpty();
              }
            });
  }
}
