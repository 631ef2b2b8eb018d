package dev.allim.log.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.allim.log.LogUnavailableException;
import dev.allim.log.SharedRoster;
import dev.allim.log.SharedRoster.Entry;
import dev.allim.log.SharedRosterContract;
import dev.allim.testing.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs on a real server. */
class RedisRosterTest implements SharedRosterContract {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static int logs;

  @TempDir static Path directory;
  private static RedisServer server;
  private static RedisNode one;
  private static RedisNode two;

  private final RedisSettings settings = RedisNode.settings("roster" + logs++);
  private final SharedRoster here = roster(one, RedisRoster.ALIVE);
  private final SharedRoster there = roster(two, RedisRoster.ALIVE);

  @BeforeAll
  static void startServer() {
    server = RedisServer.start(directory);
    one = new RedisNode(server);
    two = new RedisNode(server);
  }

  @AfterAll
  static void stopServer() {
    if (one != null) {
      one.close();
      two.close();
      server.close();
    }
  }

  private SharedRoster roster(RedisNode node, Duration alive) {
    return new RedisRoster(node.redis(), settings, alive, () -> {});
  }

  @Override
  public SharedRoster here() {
    return here;
  }

  @Override
  public SharedRoster there() {
    return there;
  }

  private void told(SharedRoster roster) {
    roster.tell("mortal", List.of(), List.of(new Entry("a", "b")));
  }

  private boolean nobodyIsThere() {
    return there.others("two", "", 10).isEmpty();
  }

  @Test
  void whatANodeHasToldIsGoneSoonAfterIt() {
    told(roster(one, Duration.ofMillis(300)));

    await().atMost(PATIENCE).until(this::nobodyIsThere);
    assertThat(one.ask(Request.cmd(Command.HLEN).arg(settings.base() + "nodes")).toLong()).isZero();
  }

  @Test
  void whoeverWasThoughtToBeGoneTellsEverythingAnew() {
    SharedRoster paused = roster(one, Duration.ofMillis(300));
    told(paused);
    await().atMost(PATIENCE).until(this::nobodyIsThere);

    assertThat(paused.tell("mortal", List.of(), List.of(new Entry("c", "d")))).isFalse();
    assertThat(nobodyIsThere()).isTrue();
  }

  @Test
  void whatRedisHasLostIsToldAnew() {
    told(here);
    told(here);
    // a failover: the replica had not heard of the last
    one.ask(Request.cmd(Command.HINCRBY).arg(settings.base() + "nodes").arg("mortal").arg(-1));

    assertThat(here.tell("mortal", List.of(), List.of())).isFalse();
  }

  @Test
  void whileRedisIsGoneNothingIsTried() {
    SharedRoster gone =
        new RedisRoster(
            one.redis(),
            settings,
            RedisRoster.ALIVE,
            () -> {
              throw new LogUnavailableException("expected by this test");
            });

    assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> told(gone));
    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(() -> gone.others("two", "", 1));
  }
}
