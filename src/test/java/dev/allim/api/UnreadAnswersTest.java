package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.hub.spi.MemoryBudget;
import dev.allim.testing.HubClient;
import dev.allim.testing.RawHttp;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that ask for much and read nothing: what is kept for them is bounded, and not for long.
 */
@QuarkusTest
@TestProfile(UnreadAnswersTest.LittleRoom.class)
class UnreadAnswersTest {
  private static final int DATA = 256 * 1024;
  private static final long ROOM = 8L * 1024 * 1024;
  private static final int CLIENTS = 12;

  /** More than the kernel takes for a client that reads nothing. */
  private static final int PAGES = 40;

  /** Room for two pages or so, and no memory of what is recent. */
  public static class LittleRoom implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "allim.limits.on-their-way", "8M",
          "allim.stream.write-timeout", "3s",
          "allim.recent.count", "1",
          "allim.demo.enabled", "false");
    }
  }

  @TestHTTPResource("/")
  URI base;

  @Inject MemoryBudget onItsWay;

  private HubClient hub() {
    return new HubClient(base);
  }

  @BeforeEach
  void publish() {
    for (int i = 0; i < 8; i++) {
      assertThat(hub().post("/events/unread", "x".repeat(DATA)).statusCode()).isEqualTo(201);
    }
  }

  private HttpResponse<String> page() {
    return hub()
        .send(
            HttpRequest.newBuilder(hub().uri("/events/unread?since=earliest"))
                .header("Accept", "application/json"));
  }

  private RawHttp askForPages() {
    RawHttp http = RawHttp.connect(base);
    for (int i = 0; i < PAGES; i++) {
      http.request("GET /events/unread?since=earliest HTTP/1.1", "Accept: application/json");
    }
    return http;
  }

  @Test
  void aPageIsCutByItsBytes() {
    assertThat(page().body().length()).isBetween(4 * DATA, 6 * DATA);
    assertThat(page().body()).contains("\"complete\":false");
  }

  @Test
  void unreadPagesMakeWayForOthers() {
    List<RawHttp> idle = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        idle.add(askForPages());
      }
      for (int i = 0; i < 3; i++) {
        assertThat(page().statusCode()).isEqualTo(200);
        assertThat(hub().post("/events/honest", "x").statusCode()).isEqualTo(201);
        assertThat(onItsWay.held()).isLessThan(2 * ROOM);
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(onItsWay.held()).isZero());
    } finally {
      idle.forEach(RawHttp::close);
    }
  }

  /** What waits behind another on its connection is handled even when that has ended. */
  @Test
  void whoAsksForSeveralAndLeavesHoldsNothing() {
    String page =
        "GET /events/unread?since=earliest HTTP/1.1\r\nHost: h\r\nAccept: application/json\r\n\r\n";
    for (int i = 0; i < 100; i++) {
      RawHttp http = RawHttp.connect(base);
      http.send(
          "POST /events/left HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx" + page.repeat(3));
      http.reset();
    }
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(onItsWay.held()).isZero());
  }

  @Test
  void unreadReplaysMakeWayForOthers() {
    List<RawHttp> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 4 * CLIENTS; i++) {
        idle.add(RawHttp.connect(base).request("GET /events/unread?since=earliest HTTP/1.1"));
      }
      try (SseClient honest = hub().listen("/events/unread?since=earliest")) {
        assertThat(honest.next(8)).allMatch(event -> event.data().length() == DATA);
        assertThat(onItsWay.held()).isLessThan(2 * ROOM);
      }
    } finally {
      idle.forEach(RawHttp::close);
    }
    await().untilAsserted(() -> assertThat(onItsWay.held()).isZero());
  }
}
