package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.StreamException;
import dev.allim.testing.HubClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An EventSource of another make understands the hub. */
@QuarkusTest
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OtherClientTest {
  @TestHTTPResource("/")
  URI base;

  private EventSource eventSource(String target) {
    return new EventSource.Builder(ConnectStrategy.http(new HubClient(base).uri(target))).build();
  }

  @Test
  void itReceivesWhatIsPosted() throws StreamException {
    HubClient hub = new HubClient(base);
    try (EventSource source = eventSource("/events/other/make")) {
      source.start();

      String answer = hub.post("/events/other/make?event=update", "첫째\nsecond: line\n").body();

      MessageEvent event = source.readMessage();
      assertThat(event.getEventName()).isEqualTo("update");
      assertThat(event.getData()).isEqualTo("첫째\nsecond: line\n");
      assertThat(event.getLastEventId()).isEqualTo(JsonPath.from(answer).getString("id"));
    }
  }

  @Test
  void itReconnectsByItselfAndMissesNothing() throws StreamException {
    HubClient hub = new HubClient(base);
    try (EventSource source = eventSource("/events/other/resume")) {
      source.start();
      hub.post("/events/other/resume?retry=10", "1");
      assertThat(source.readMessage().getData()).isEqualTo("1");

      source.interrupt();
      hub.post("/events/other/resume", "2");

      assertThat(source.readMessage().getData()).isEqualTo("2");
    }
  }
}
