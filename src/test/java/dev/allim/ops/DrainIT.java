package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.SseClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM to the packaged program. */
class DrainIT {
  private static final int READERS = 2_000;
  private static final Duration WINDOW = Duration.ofSeconds(4);
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;

  private final HttpClient client = HttpClient.newHttpClient();

  private HubProgram start(String key, String value) {
    return HubProgram.start(directory, Map.of(key, value));
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private int post(URI uri, String body) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** Publishes 0, 1, 2, … one after the other until nobody answers; counts what was accepted. */
  private CompletableFuture<Void> publishForEver(URI uri, AtomicInteger accepted) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            while (post(uri, Integer.toString(accepted.get())) == 201) {
              accepted.incrementAndGet();
            }
          } catch (IOException over) {
            // the program has ended
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void awaitNotReady(HubProgram program) {
    await()
        .untilAsserted(
            () ->
                assertThat(get(program.management("/q/health/ready")).statusCode()).isEqualTo(503));
  }

  @Test
  void everyReaderHearsEverythingUntilItIsSentAway() throws Exception {
    try (HubProgram program = start("allim.drain.window", WINDOW.toSeconds() + "s");
        Crowd crowd = Crowd.of(READERS, program.uri("/events/numbers"))) {
      AtomicInteger accepted = new AtomicInteger();
      CompletableFuture<Void> publisher = publishForEver(program.uri("/events/numbers"), accepted);
      await().until(() -> accepted.get() > 20);
      int acceptedBefore = accepted.get();

      program.terminate();

      List<Crowd.Member> members = crowd.awaitEnd(WINDOW.plus(SOON));
      assertThat(program.awaitEnd()).isZero();
      publisher.join();
      assertThat(members)
          .hasSize(READERS)
          .allMatch(Crowd.Member::heardAllOnce, "heard each number once and in order")
          .allMatch(member -> member.next() >= acceptedBefore, "heard what came before the signal")
          .allMatch(
              member -> member.retry() > 0 && member.retry() <= WINDOW.toMillis(),
              "was told when to come back, within the window");
      LongSummaryStatistics ends =
          members.stream().mapToLong(Crowd.Member::endedAt).summaryStatistics();
      assertThat(Duration.ofNanos(ends.getMax() - ends.getMin()))
          .isBetween(WINDOW.dividedBy(2), WINDOW.plusSeconds(2));
      assertThat(members.stream().mapToInt(Crowd.Member::next).max().orElseThrow())
          .as("numbers heard by those who stayed longest")
          .isGreaterThan(acceptedBefore);
    }
  }

  @Test
  void whileItDrainsItServesWhoIsThereAndTurnsOthersAway() throws Exception {
    try (HubProgram program =
            HubProgram.start(
                directory, Map.of("allim.drain.window", "60s", "allim.drain.delay", "60s"));
        SseClient reader = SseClient.open(program.uri("/events/drained"))) {
      reader.nextRetry();
      program.terminate();
      awaitNotReady(program);

      HttpResponse<String> refused = get(program.uri("/events/drained"));

      assertThat(refused.statusCode()).isEqualTo(200);
      assertThat(refused.body()).matches("retry: \\d+\n");
      assertThat(post(program.uri("/events/drained"), "still here")).isEqualTo(201);
      assertThat(reader.next().data()).isEqualTo("still here");
      program.terminate();
    }
  }

  @Test
  void aSecondSignalEndsAtOnce() throws Exception {
    try (HubProgram program = start("allim.drain.window", "600s");
        Crowd crowd = Crowd.of(50, program.uri("/events/drained"))) {
      program.terminate();
      awaitNotReady(program);

      program.terminate();

      assertThat(crowd.awaitEnd(SOON)).allMatch(member -> member.retry() > 0);
      assertThat(program.awaitEnd()).isZero();
    }
  }

  @Test
  void withoutAWindowItEndsAtOnce() throws Exception {
    try (HubProgram program = start("allim.drain.window", "0s");
        Crowd crowd = Crowd.of(50, program.uri("/events/drained"))) {
      program.terminate();

      assertThat(crowd.awaitEnd(SOON)).allMatch(member -> member.retry() > 0);
      assertThat(program.awaitEnd()).isZero();
    }
  }
}
