package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.recovery.HistoryClient.Kept;
import dev.allim.testing.HubProgram;
import dev.allim.testing.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two programs and their Redis die in the middle of publishing, in turns and again and again; what
 * was acknowledged is there, and what was sent again, at whichever of them, is there once.
 */
class KilledWhilePublishingOnRedisIT {
  private static final int ROUNDS = Integer.getInteger("allim.kill.rounds", 9);
  private static final int NODES = 2;
  private static final int PUBLISHERS = 8;
  private static final long SEED = 20_261_126;
  private static final long A_PAUSE = Duration.ofMillis(10).toNanos();

  @TempDir Path directory;

  private final Acknowledgements acknowledged = new Acknowledgements();
  private final AtomicBoolean enough = new AtomicBoolean();
  private final ExecutorService publishers = Executors.newFixedThreadPool(PUBLISHERS);
  private Optional<RedisServer> redis = Optional.empty();
  private List<HubProgram> nodes = List.of();

  @AfterEach
  void stop() {
    enough.set(true);
    publishers.shutdownNow();
    nodes.forEach(HubProgram::kill);
    redis.ifPresent(RedisServer::close);
  }

  /** Starts of the program take longer than a test usually may. */
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void everythingAcknowledgedIsThereInOrderAndOnce() {
    RedisServer server =
        RedisServer.start(directory, "--appendonly", "yes", "--appendfsync", "always");
    redis = Optional.of(server);
    nodes =
        HubProgram.startAll(
            NODES,
            directory,
            Map.of("allim.history.engine", "redis", "quarkus.redis.hosts", server.uri()));
    List<CompletableFuture<Void>> publishing =
        IntStream.range(0, PUBLISHERS)
            .mapToObj(each -> CompletableFuture.runAsync(() -> publish(each), publishers))
            .toList();

    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.awaitMore(20 + random.nextInt(200));
      dies(server, round % (NODES + 1));
    }
    acknowledged.awaitMore(PUBLISHERS);
    enough.set(true);
    publishing.forEach(CompletableFuture::join);

    List<Kept> kept = new HistoryClient(nodes.get(0)).after("earliest");
    acknowledged.requireAllIn(kept);
    assertThat(kept)
        .extracting(Kept::data)
        .containsExactlyInAnyOrderElementsOf(acknowledged.data());
  }

  private void dies(RedisServer server, int which) {
    if (which < NODES) {
      nodes.get(which).kill();
      nodes.get(which).startAgain();
    } else {
      server.kill();
      server.startAgain();
    }
  }

  /** One after the other, each until one of the programs has it, under the same key each time. */
  private void publish(int publisher) {
    List<HistoryClient> clients = nodes.stream().map(HistoryClient::new).toList();
    int node = publisher;
    for (int number = 0; !enough.get(); number++) {
      String data = "publisher-%d/%06d".formatted(publisher, number);
      Optional<String> id = Optional.empty();
      while (id.isEmpty()) {
        id = clients.get(node++ % NODES).publishOnce("kill", data);
        if (id.isEmpty()) {
          LockSupport.parkNanos(A_PAUSE);
        }
      }
      acknowledged.add(id.get(), data);
    }
  }
}
