package dev.allim.clients;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.SseClient;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that nobody here wrote hear what was published, each once, and nothing else. */
class ForeignClientsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String STREAM = "/events/foreign";
  private static final int HEARTBEATS = 8;

  @TempDir Path directory;

  private HubProgram hub() {
    return HubProgram.start(
        directory, Map.of("allim.stream.heartbeat", "250ms", "allim.stream.retry", "300ms"));
  }

  @ParameterizedTest
  @EnumSource
  void itHearsEveryEventOnceThroughHeartbeatsAndAHubThatDies(ForeignClient client)
      throws IOException {
    try (HubProgram hub = hub();
        ForeignClient.Running reader = client.listen(hub.uri(STREAM))) {
      List<String> ids = new ArrayList<>();
      awaitReader(hub);
      ids.add(publish(hub, "one"));
      ids.add(publish(hub, "two\nof two lines"));
      awaitHeartbeats(hub);
      awaitData(reader, 2);

      hub.kill();
      hub.startAgain();
      ids.add(publish(hub, "three, while it was away"));
      ids.add(publish(hub, "end"));
      awaitData(reader, 4);

      List<ForeignClient.Message> messages = withData(reader);
      assertThat(messages)
          .extracting(ForeignClient.Message::data)
          .containsExactly("one", "two\nof two lines", "three, while it was away", "end");
      assertThat(messages).extracting(ForeignClient.Message::id).containsExactlyElementsOf(ids);
      assertThat(reader.messages().stream().filter(ForeignClient.Message::isEmpty))
          .as("messages that nobody published")
          .hasSizeLessThanOrEqualTo(client.emptyAtMost());
    }
  }

  static void awaitReader(HubProgram hub) {
    await()
        .atMost(SOON)
        .until(
            () ->
                get(hub.management("/q/metrics"))
                    .asString()
                    .lines()
                    .anyMatch(line -> line.matches("allim_streams_open\\S* 1\\.0")));
  }

  private static void awaitHeartbeats(HubProgram hub) {
    try (SseClient beside = hub.client().listen(STREAM)) {
      for (int heard = 0; heard < HEARTBEATS; heard++) {
        beside.nextComment();
      }
    }
  }

  static void awaitData(ForeignClient.Running reader, int count) {
    await().atMost(SOON).until(() -> withData(reader).size() >= count);
  }

  static List<ForeignClient.Message> withData(ForeignClient.Running reader) {
    return reader.messages().stream().filter(message -> !message.isEmpty()).toList();
  }

  private static String publish(HubProgram hub, String data) {
    return JsonPath.from(hub.client().post(STREAM, data).body()).getString("id");
  }
}
