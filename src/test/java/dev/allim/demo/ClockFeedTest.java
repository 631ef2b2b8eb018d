package dev.allim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The feed that the hub was born from, as the original page sees it. */
@QuarkusTest
class ClockFeedTest {
  private static final String TIME = "(오전|오후) \\d{1,2}:\\d{2}:\\d{2}";

  @TestHTTPResource("/")
  URI base;

  @Test
  void theOriginalPageSeesAMessageAndAnUpdateInEachRound() {
    try (SseClient page = new HubClient(base).listen("/events?topic=clock")) {
      List<ReceivedEvent> round = page.next(2);

      assertThat(round).extracting(ReceivedEvent::type).containsExactly("message", "update");
      assertThat(round.get(0).data()).startsWith("{\"message\":\"").endsWith("\"}");
      assertThat(JsonPath.from(round.get(0).data()).getString("message"))
          .matches("서버에서 보낸 메시지: " + TIME);
      assertThat(round.get(1).data()).matches("업데이트된 시간: " + TIME);
    }
  }

  @Test
  void itIsPartOfEverything() {
    try (SseClient page = new HubClient(base).listen("/events")) {
      ReceivedEvent event = page.next();
      while (!event.type().equals("update")) {
        event = page.next();
      }

      assertThat(event.data()).startsWith("업데이트된 시간: ");
    }
  }
}
