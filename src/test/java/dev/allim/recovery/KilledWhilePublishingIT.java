package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.recovery.HistoryClient.Kept;
import dev.allim.testing.HubProgram;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program dies in the middle of publishing, again and again; what it had acknowledged is there.
 */
class KilledWhilePublishingIT {
  private static final int ROUNDS = Integer.getInteger("allim.kill.rounds", 50);
  private static final int PUBLISHERS = 8;
  private static final long SEED = 20_261_122;

  @TempDir Path directory;

  private final Acknowledgements acknowledged = new Acknowledgements();

  /** Fifty starts of the program take longer than a test usually may. */
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void everythingAcknowledgedIsThereInOrderAndOnce() throws SQLException {
    Random random = new Random(SEED);
    HubProgram hub = HubProgram.start(directory, Map.of("allim.history.path", "kill.db"));
    for (int round = 0; round < ROUNDS; round++) {
      publishUntilKilled(hub, round, 20 + random.nextInt(200));
      hub.startAgain();
    }
    List<Kept> kept = new HistoryClient(hub).after("earliest");
    hub.stop();

    acknowledged.requireAllIn(kept);
    assertThat(integrity()).isEqualTo("ok");
  }

  private void publishUntilKilled(HubProgram hub, int round, int after) {
    ExecutorService publishers = Executors.newFixedThreadPool(PUBLISHERS);
    for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
      String name = "round-%d-publisher-%d".formatted(round, publisher);
      publishers.execute(() -> publishWhileItLives(hub, name));
    }
    acknowledged.awaitMore(after);
    hub.kill();
    publishers.shutdown();
    awaitEnd(publishers);
  }

  private void publishWhileItLives(HubProgram hub, String name) {
    HistoryClient client = new HistoryClient(hub);
    for (int i = 0; hub.process().isAlive(); i++) {
      String data = "%s/%06d".formatted(name, i);
      client.publish("kill", data).ifPresent(id -> acknowledged.add(id, data));
    }
  }

  private static void awaitEnd(ExecutorService publishers) {
    try {
      assertThat(publishers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private String integrity() throws SQLException {
    try (Connection file =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("kill.db"));
        ResultSet answer = file.createStatement().executeQuery("PRAGMA integrity_check")) {
      answer.next();
      return answer.getString(1);
    }
  }
}
