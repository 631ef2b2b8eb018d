package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.SseClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Patterns of hosts that are not ASCII, on the packaged program: what becomes of such letters is in
 * tables of the JDK, which a native executable has only if it was built with them.
 */
class HostNamesIT {
  /** Composed and decomposed, wide, of Hangul, and right to left. */
  private static final List<String> HOSTS =
      List.of("EXÄMPLE.com", "exa\u0308mple.com", "ｅｘä.com", "알림.example", "דוגמה.example");

  @TempDir Path directory;

  private static Map<String, String> settings() {
    return Map.of(
        "allim.mercure.publisher-key", MercureHubs.PUBLISHER_KEY,
        "allim.mercure.subscriber-key", MercureHubs.SUBSCRIBER_KEY,
        "allim.mercure.url", MercureHubs.HUB,
        "allim.mercure.issuer", MercureHubs.ISSUER,
        "allim.mercure.anonymous", "true");
  }

  @Test
  void lettersOfEveryAlphabetAreMatched() {
    try (HubProgram program = HubProgram.start(directory, settings())) {
      MercureClient hub = MercureClient.of(program.uri("/"));
      for (String host : HOSTS) {
        String pattern = "https://" + host + "/:id";
        try (SseClient reader = hub.listen(field("match_urlpattern", pattern))) {
          assertThat(reader.head().statusCode()).as(host).isEqualTo(200);
          String id = hub.publish(field("topic", "https://" + host + "/1") + "&data=x");
          assertThat(reader.next().lastEventId()).as(host).isEqualTo(id);
        }
      }
    }
  }

  @Test
  void theyAreTheSameInAscii() {
    try (HubProgram program = HubProgram.start(directory, settings())) {
      MercureClient hub = MercureClient.of(program.uri("/"));
      String pattern = "https://EXA\u0308MPLE.com/:id";
      try (SseClient reader = hub.listen(field("match_urlpattern", pattern))) {
        String id = hub.publish(field("topic", "https://xn--exmple-cua.com/1") + "&data=x");
        assertThat(reader.next().lastEventId()).isEqualTo(id);
      }
    }
  }
}
