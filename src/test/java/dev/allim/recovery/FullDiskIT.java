package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubClient;
import dev.allim.testing.HubProgram;
import dev.allim.testing.SmallDisk;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator and publishers see of a disk that is full. */
class FullDiskIT {
  private static final int MEGABYTES = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DATA = "x".repeat(100_000);

  @TempDir Path root;

  @Test
  void publishingGoesOnWhenSomethingWasDeletedAndTheLogSaysSoOnce() {
    try (SmallDisk disk = SmallDisk.mountedAt(root, MEGABYTES);
        HubProgram program =
            HubProgram.start(
                root,
                Map.of("allim.history.sweep-every", "100ms", "allim.demo.enabled", "false"))) {
      HubClient hub = program.client();
      await().atMost(PATIENCE).until(() -> disk.resolve("data/allim.db-reserve").toFile().exists());
      fill(hub, disk);

      HttpResponse<String> deleted =
          hub.send(HttpRequest.newBuilder(hub.uri("/events/a")).DELETE());

      assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(200);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(hub.post("/events/b", DATA).statusCode()).isEqualTo(201));
      await().atMost(PATIENCE).until(() -> program.output().contains("can be written again"));
      assertThat(program.output().lines().filter(line -> line.contains("ERROR"))).hasSize(1);
      assertThat(program.output()).contains("full").doesNotContain("\tat ");
    }
  }

  /** Whoever publishes small things meets the end as well. */
  private static void fill(HubClient hub, SmallDisk disk) {
    for (HttpResponse<String> answer = hub.post("/events/a", DATA);
        answer.statusCode() != 503;
        answer = hub.post("/events/a", DATA)) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
    disk.fill();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(hub.post("/events/a", DATA).statusCode()).isEqualTo(503));
    HttpResponse<String> refused = hub.post("/events/a", DATA);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("nothing was changed").doesNotContain("allim.db", "SQLite");
  }
}
