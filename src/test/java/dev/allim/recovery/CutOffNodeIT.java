package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.recovery.HistoryClient.Kept;
import dev.allim.testing.HeldRelay;
import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.RedisServer;
import dev.allim.testing.SseClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The network between Redis and one node of two is cut: nothing is refused, and nothing comes. */
class CutOffNodeIT extends WithRedisServers {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int PUBLISHES = 20;

  /** All of them; were each to wait for Redis, it would take {@link #PUBLISHES} times 2 s. */
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private static final int A_BATCH = 1_000;
  private static final int BATCHES = 3;

  /** More than one read of the log brings, and less than all of it. */
  private static final long SOME_OF_IT = 150_000;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private HeldRelay line;
  private HubProgram cut;
  private HubProgram other;

  private void start(Map<String, String> more) {
    RedisServer redis = redis("--appendonly", "yes");
    line = running(HeldRelay.to(redis.port()));
    cut = node(more, "redis://127.0.0.1:" + line.port());
    other = node(more, redis.uri());
  }

  private HubProgram node(Map<String, String> more, String redis) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("allim.history.redis.grace", "1s");
    settings.put("allim.stream.heartbeat", "500ms");
    settings.put("quarkus.redis.hosts", redis);
    return hub(settings);
  }

  @AfterEach
  void stopClock() {
    clock.shutdownNow();
  }

  private static HttpResponse<String> readiness(HubProgram hub) {
    return hub.client().send(HttpRequest.newBuilder(hub.management("/q/health/ready")));
  }

  private static long lag(HubProgram hub, String unit) {
    String health = readiness(hub).body();
    Matcher found = Pattern.compile("\"lag%s\"\\s*:\\s*(\\d+)".formatted(unit)).matcher(health);
    assertThat(found.find()).as(health).isTrue();
    return Long.parseLong(found.group(1));
  }

  private static HttpResponse<String> once(HubProgram hub, String data) {
    return hub.client()
        .send(
            HttpRequest.newBuilder(hub.uri("/events/cut"))
                .header("Idempotency-Key", data)
                .POST(HttpRequest.BodyPublishers.ofString(data)));
  }

  private static List<Kept> log(HubProgram hub) {
    return new HistoryClient(hub).after("earliest");
  }

  @Test
  void itSaysSoAtOnceAndItsReadersHaveAllOnceWhenItIsBack() {
    start(Map.of());
    List<String> missed = IntStream.range(0, PUBLISHES).mapToObj(each -> "missed " + each).toList();
    try (SseClient reader = cut.client().listen("/events/cut")) {
      other.client().publish("/events/cut", "before");
      assertThat(reader.next().data()).isEqualTo("before");
      line.hold();

      assertThat(once(cut, "doubtful").statusCode()).isEqualTo(503);
      long begun = System.nanoTime();
      for (int i = 0; i < PUBLISHES; i++) {
        HttpResponse<String> refused = cut.client().post("/events/cut", "lost");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
      await().atMost(PATIENCE).until(() -> readiness(cut).statusCode() == 503);
      assertThat(lag(cut, "Millis")).isPositive();
      assertThat(cut.client().metric("allim_history_lag_seconds")).isPositive();
      reader.nextComment();
      missed.forEach(data -> other.client().publish("/events/cut", data));
      assertThat(readiness(other).statusCode()).as("the others go on").isEqualTo(200);
      assertThat(reader.waiting()).as("nothing comes by another way").isZero();

      line.release();
      await().atMost(PATIENCE).until(() -> readiness(cut).statusCode() == 200);
      await().atMost(PATIENCE).until(() -> once(cut, "doubtful").statusCode() == 201);
      other.client().publish("/events/cut", "after");
      await().atMost(PATIENCE).until(() -> reader.waiting() == PUBLISHES + 2);
      List<ReceivedEvent> heard = reader.next(PUBLISHES + 2);
      assertThat(heard).extracting(ReceivedEvent::data).containsAll(missed).contains("doubtful");
      assertThat(log(other)).extracting(Kept::data).doesNotContain("lost").doesNotHaveDuplicates();
      assertThat(log(other).stream().skip(1).map(Kept::id))
          .isEqualTo(heard.stream().map(ReceivedEvent::lastEventId).toList());
    }
  }

  @Test
  void howManyItHasYetToHearIsInItsHealthAndItsMetrics() {
    start(Map.of());
    try (SseClient reader = cut.client().listen("/events/cut")) {
      line.hold();
      for (int batch = 0; batch < BATCHES; batch++) {
        String one = "{\"topic\":\"cut\",\"data\":\"%s\"}\n".formatted("x".repeat(100));
        assertThat(
                other
                    .client()
                    .post("/events", "application/x-ndjson", one.repeat(A_BATCH))
                    .statusCode())
            .isEqualTo(201);
      }
      line.letThrough(SOME_OF_IT);

      await().atMost(PATIENCE).until(() -> cut.client().metric("allim_history_lag_events") > 0);
      assertThat(lag(cut, "Events")).isBetween(1L, (long) BATCHES * A_BATCH);
      assertThat(other.client().metric("allim_history_lag_events")).isZero();

      line.release();
      await().atMost(PATIENCE).until(() -> reader.waiting() == BATCHES * A_BATCH);
      await().atMost(PATIENCE).until(() -> cut.client().metric("allim_history_lag_events") == 0);
    }
  }

  @Test
  void whatRetentionTookMeanwhileIsToldAsAGap() {
    int kept = 5;
    start(
        Map.of(
            "allim.history.retention[0].topic", "*",
            "allim.history.retention[0].max-count", Integer.toString(kept),
            "allim.history.sweep-every", "200ms"));
    RovingReader reader = new RovingReader(List.of(cut), 0, "/events/cut", clock);
    await().atMost(PATIENCE).until(() -> cut.client().metric("allim_streams_open") == 1);
    other.client().publish("/events/cut", "before");
    await().atMost(PATIENCE).until(() -> reader.events().size() == 1);
    line.hold();
    for (int i = 0; i < PUBLISHES; i++) {
      other.client().publish("/events/cut", "missed " + i);
    }
    await().atMost(PATIENCE).until(() -> log(other).size() == kept);

    line.release();
    List<String> left = log(other).stream().map(Kept::id).toList();
    await().atMost(PATIENCE).until(() -> ids(reader.events()).containsAll(left));
    reader.leave();
    List<ReceivedEvent> events = reader.events();
    int gap = events.size() - kept - 1;
    assertThat(ids(events.subList(gap + 1, events.size()))).isEqualTo(left);
    assertThat(events.get(gap).type()).isEqualTo("gap");
    // the answer that was under way when the line was held may have brought one more
    assertThat(events.subList(0, gap))
        .extracting(ReceivedEvent::type)
        .containsOnly("message")
        .hasSizeLessThanOrEqualTo(2);
    String last = events.get(gap - 1).lastEventId();
    assertThat(events.get(gap).data()).contains("\"asked\":\"%s\"".formatted(last));
  }

  private static List<String> ids(List<ReceivedEvent> events) {
    return events.stream().map(ReceivedEvent::lastEventId).toList();
  }
}
