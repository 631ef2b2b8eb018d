package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.http.Bodies;
import dev.allim.testing.HubClient;
import dev.allim.testing.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bodies that do not end: what they hold is bounded, in bytes and in time. */
@QuarkusTest
@TestProfile(SlowBodiesTest.LittleRoom.class)
class SlowBodiesTest {
  private static final int BODY = 256 * 1024;
  private static final int ROOM = 4 * 1024 * 1024;

  /** Room for eight bodies. */
  public static class LittleRoom implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "allim.limits.bodies", "4M",
          "allim.limits.body-time", "8s",
          "allim.limits.body-rate", "1K",
          "allim.demo.enabled", "false");
    }
  }

  @TestHTTPResource("/")
  URI base;

  @Inject Bodies bodies;

  private RawHttp stopShort(int sent) {
    return RawHttp.connect(base)
        .request("POST /events/unfinished HTTP/1.1", "Content-Length: " + BODY)
        .send("x".repeat(sent));
  }

  @Test
  void unfinishedBodiesShareOneBudgetAndOthersPublishOn() {
    List<RawHttp> parked = new ArrayList<>();
    try {
      for (int i = 0; i < 64; i++) {
        parked.add(stopShort(BODY - 1));
        assertThat(bodies.held()).isLessThan(2L * ROOM);
      }
      await().untilAsserted(() -> assertThat(bodies.held()).isBetween(1L, (long) ROOM));
      assertThat(parked.get(0).readAnswer().status()).isEqualTo(503);
      assertThat(new HubClient(base).post("/events/honest", "x").statusCode()).isEqualTo(201);
      assertThat(new HubClient(base).post("/events/honest", "x".repeat(BODY)).statusCode())
          .isEqualTo(201);
    } finally {
      parked.forEach(RawHttp::close);
    }
    await().untilAsserted(() -> assertThat(bodies.held()).isZero());
  }

  @Test
  void aBodyThatStopsIsGivenUpAndItsConnectionCut() {
    try (RawHttp slow = stopShort(10)) {
      RawHttp.Answer answer = slow.readAnswer();

      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body()).contains("1024 bytes a second");
      assertThat(slow.isEnded()).isTrue();
    }
    await().untilAsserted(() -> assertThat(bodies.held()).isZero());
  }

  @Test
  void aBodyThatIsFastEnoughButEndlessHasATime() {
    try (RawHttp slow = stopShort(0)) {
      await()
          .pollInterval(java.time.Duration.ofMillis(100))
          .until(
              () -> {
                slow.send("x".repeat(500));
                return slow.readFirst(1).contains("408");
              });
    }
  }
}
