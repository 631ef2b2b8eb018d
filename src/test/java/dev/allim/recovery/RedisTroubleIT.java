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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What readers, publishers and probes are told while Redis loads its file, or a node has slept. */
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
