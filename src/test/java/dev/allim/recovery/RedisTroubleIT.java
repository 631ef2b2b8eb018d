package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.RedisServer;
import dev.allim.testing.SseClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What readers, publishers and probes are told while Redis loads its file, when it has lost all, or
 * when a node has slept.
 */
class RedisTroubleIT extends WithRedisServers {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration SLEEP = Duration.ofSeconds(30);
  private static final int PUBLISHES = 20;

  /** All of them; were each to wait for Redis, it would take {@link #PUBLISHES} times 2 s. */
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private HubProgram hub(RedisServer redis) {
    return hub(
        Map.of(
            "allim.history.redis.grace", "1s",
            "allim.stream.heartbeat", "500ms",
            "quarkus.redis.hosts", redis.uri()));
  }

  private static HttpResponse<String> readiness(HubProgram hub) {
    return hub.client().send(HttpRequest.newBuilder(hub.management("/q/health/ready")));
  }

  @Test
  void whileRedisLoadsItsFileReadersStayAndPublishersAreToldAtOnce() {
    RedisServer redis = redis("--appendonly", "yes");
    HubProgram hub = hub(redis);
    takesAMinuteToLoad(redis);
    try (SseClient reader = hub.client().listen("/events/loading")) {
      hub.client().publish("/events/loading", "before");
      assertThat(reader.next().data()).isEqualTo("before");
      redis.kill();
      redis.startAgainLoading("--key-load-delay", "1000");

      long begun = System.nanoTime();
      for (int i = 0; i < PUBLISHES; i++) {
        HttpResponse<String> refused = hub.client().post("/events/loading", "lost");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
      await().atMost(PATIENCE).until(() -> readiness(hub).statusCode() == 503);
      reader.nextComment();
      assertThat(redis.isLoading()).as("all of that was while it loaded").isTrue();

      run("redis-cli", "-p", redis.port(), "config", "set", "key-load-delay", 0);
      await().atMost(PATIENCE).until(() -> readiness(hub).statusCode() == 200);
      hub.client().publish("/events/loading", "after");
      await().atMost(PATIENCE).until(() -> reader.waiting() > 0);
      assertThat(reader.next().data()).isEqualTo("after");
    }
  }

  /** At a millisecond each. */
  private void takesAMinuteToLoad(RedisServer redis) {
    String fill = "for i = 1, 60000 do redis.call('SET', 'k' .. i, 'v') end";
    run("redis-cli", "-p", redis.port(), "eval", fill, 0);
  }

  /** Ways in which all is gone. */
  private enum Loss {
    STARTED_AGAIN_WITHOUT_A_FILE,
    FLUSHED
  }

  private void happens(Loss loss, RedisServer redis) {
    switch (loss) {
      case STARTED_AGAIN_WITHOUT_A_FILE -> {
        redis.kill();
        redis.startAgain();
      }
      case FLUSHED -> run("redis-cli", "-p", redis.port(), "flushall");
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void whatCameBackEmptyIsAGapForWhoStayedAndForWhoComesBack(Loss loss) {
    RedisServer redis = redis();
    HubProgram hub = hub(redis);
    HubProgram other = hub(redis);
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      RovingReader stays = new RovingReader(List.of(hub), 0, "/events/lost?since=earliest", clock);
      hub.client().publish("/events/lost", "before");
      String lost = new HistoryClient(hub).publish("lost", "lost").orElseThrow();
      await().atMost(PATIENCE).until(() -> stays.events().size() == 2);
      happens(loss, redis);

      HistoryClient publisher = new HistoryClient(other);
      List<String> after = List.of("after 1", "after 2", "after 3");
      after.forEach(
          data ->
              await()
                  .atMost(PATIENCE)
                  .until(() -> publisher.publishOnce("lost", data).isPresent()));
      await().atMost(PATIENCE).until(() -> messages(stays).size() == 2 + after.size());
      stays.leave();
      assertThat(messages(stays))
          .containsExactly("before", "lost", "after 1", "after 2", "after 3");
      assertThat(stays.events().get(2).type()).isEqualTo("gap");
      assertThat(stays.events().get(2).data()).contains("\"asked\":\"%s\"".formatted(lost));
      try (SseClient comes = other.client().listen("/events/lost", "Last-Event-ID", lost)) {
        ReceivedEvent gap = comes.next();
        assertThat(gap.type()).as("nobody else has this id").isEqualTo("gap");
        assertThat(gap.data()).contains("\"asked\":\"%s\"".formatted(lost));
        assertThat(comes.next(after.size()))
            .extracting(ReceivedEvent::data)
            .containsExactlyElementsOf(after);
      }
    } finally {
      clock.shutdownNow();
    }
  }

  private static List<String> messages(RovingReader reader) {
    return reader.events().stream()
        .filter(event -> event.type().equals("message"))
        .map(ReceivedEvent::data)
        .toList();
  }

  /** Redis is held while it wakes up, or it would have caught up before anybody could ask. */
  @Test
  void aNodeThatHasSleptSaysThatItIsBehindAndCatchesUpInOrder() {
    RedisServer redis = redis("--appendonly", "yes");
    HubProgram awake = hub(redis);
    HubProgram sleeper = hub(redis);
    List<String> missed = IntStream.range(0, 10).mapToObj(each -> "missed " + each).toList();
    try (SseClient reader = sleeper.client().listen("/events/sleep")) {
      awake.client().publish("/events/sleep", "before");
      assertThat(reader.next().data()).isEqualTo("before");
      run("kill", "-STOP", sleeper.process().pid());
      try {
        missed.forEach(data -> awake.client().publish("/events/sleep", data));
        await().pollDelay(SLEEP).atMost(SLEEP.plus(PATIENCE)).until(() -> true);
        redis.pause();
      } finally {
        run("kill", "-CONT", sleeper.process().pid());
      }

      await().atMost(PATIENCE).until(() -> readiness(sleeper).statusCode() == 503);
      assertThat(sleeper.client().metric("allim_history_lag_seconds"))
          .isGreaterThanOrEqualTo(SLEEP.toSeconds());

      redis.resume();
      await().atMost(PATIENCE).until(() -> readiness(sleeper).statusCode() == 200);
      awake.client().publish("/events/sleep", "after");
      assertThat(reader.next(missed.size()))
          .extracting(ReceivedEvent::data)
          .containsExactlyElementsOf(missed);
      assertThat(reader.next().data()).isEqualTo("after");
    }
  }
}
