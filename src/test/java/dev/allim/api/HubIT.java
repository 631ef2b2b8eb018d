package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged program does what the tests of its parts say. */
@QuarkusIntegrationTest
@TestProfile(HubIT.Open.class)
class HubIT {
  /** Packaged, a hub takes nothing from strangers as it comes. */
  public static class Open implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("allim.publish.open", "true");
    }
  }

  @TestHTTPResource("/")
  URI base;

  @Test
  void whatIsPostedArrives() {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events?topic=orders/%7Bid%7D")) {
      hub.post("/events/orders/42?event=update", "application/x-www-form-urlencoded", "shipped");
      hub.post("/events", "application/json", "{\"topic\":\"orders/43\",\"data\":{\"a\":1}}");

      assertThat(reader.next(2))
          .extracting(ReceivedEvent::type, ReceivedEvent::data)
          .containsExactly(tuple("update", "shipped"), tuple("message", "{\"a\":1}"));
    }
  }

  @Test
  void aProblemIsAProblem() {
    HubClient hub = new HubClient(base);

    assertThat(hub.post("/events", "application/json", "{\"topic\":1}").body())
        .contains("\"status\":400", "\"field\":\"topic\"")
        .doesNotContain("index", "null");
    assertThat(hub.send(HttpRequest.newBuilder(hub.uri("/nothing"))).statusCode()).isEqualTo(404);
  }
}
