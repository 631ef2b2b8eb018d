package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.recovery.HistoryClient.Kept;
import dev.allim.testing.HeldRelay;
import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.RedisServer;
import dev.allim.testing.Signals;
import dev.allim.testing.SseClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A node dies over notifications that waited for their time: the others deliver them, once each.
 */
class KilledOverWaitingIT extends WithRedisServers {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MANY = 60;
  private static final int DUE_EVERY_MILLIS = 50;

  private HubProgram node(String redis) {
    return hub(Map.of("quarkus.redis.hosts", redis, "allim.history.redis.patience", "20s"));
  }

  private static void later(HubProgram hub, String data, long millis) {
    assertThat(hub.client().post("/events/later?delay=%dms".formatted(millis), data).statusCode())
        .isEqualTo(202);
  }

  /** It is the only one awake when the time comes, and dies before it hears that it had it. */
  @Test
  void whatItHadClaimedIsDeliveredByAnotherOnce() {
    RedisServer redis = redis("--appendonly", "yes");
    HeldRelay line = running(HeldRelay.to(redis.port()));
    HubProgram claims = node("redis://127.0.0.1:" + line.port());
    HubProgram other = node(redis.uri());
    try (SseClient reader = other.client().listen("/events/later")) {
      later(claims, "first", 500);
      assertThat(reader.next().data()).as("the server has the script").isEqualTo("first");
      Signals.send("STOP", other.process());
      try {
        later(claims, "waited", 1_000);
        line.holdAnswers();
        await("it is claimed")
            .atMost(PATIENCE)
            .until(
                () -> run("redis-cli", "-p", redis.port(), "xlen", "{allim}:log").strip(),
                "2"::equals);
        claims.kill();
      } finally {
        Signals.send("CONT", other.process());
      }

      await().atMost(PATIENCE).until(() -> reader.waiting() > 0);
      assertThat(reader.next().data()).isEqualTo("waited");
      other.client().publish("/events/later", "after");
      assertThat(reader.next().data()).as("once").isEqualTo("after");
      assertThat(new HistoryClient(other).after("earliest"))
          .extracting(Kept::data)
          .containsExactly("first", "waited", "after");
    }
  }

  @Test
  void whatItHadTakenIsDeliveredByAnotherWhenItsTimeComes() {
    RedisServer redis = redis("--appendonly", "yes");
    HubProgram dies = node(redis.uri());
    HubProgram other = node(redis.uri());
    List<String> all = IntStream.range(0, MANY).mapToObj(each -> "waited " + each).toList();
    try (SseClient reader = other.client().listen("/events/later")) {
      for (int i = 0; i < MANY; i++) {
        later(dies, all.get(i), 1_000 + (long) i * DUE_EVERY_MILLIS);
      }
      await().atMost(PATIENCE).until(() -> reader.waiting() > MANY / 10);
      dies.kill();

      await().atMost(PATIENCE).until(() -> reader.waiting() == MANY);
      other.client().publish("/events/later", "after");
      assertThat(reader.next(MANY))
          .extracting(ReceivedEvent::data)
          .containsExactlyInAnyOrderElementsOf(all);
      assertThat(reader.next().data()).as("once each").isEqualTo("after");
    }
  }
}
