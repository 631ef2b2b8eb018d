package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A deploy at noon: one instance is asked to end, the next takes over its history; no reader misses
 * or doubles a thing.
 */
class TakeOverIT {
  private static final int READERS = 2000;
  private static final int ENOUGH = 20;

  @TempDir Path directory;

  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final List<String> published = new ArrayList<>();
  private final AtomicBoolean enough = new AtomicBoolean();

  @Test
  void everyReaderSeesEveryEventOnceThroughADeploy() throws InterruptedException {
    HubProgram hub =
        HubProgram.start(
            directory,
            Map.of(
                "allim.history.path", "rolling.db",
                "allim.drain.window", "2s",
                "allim.stream.retry", "500ms"));
    CountDownLatch greeted = new CountDownLatch(READERS);
    List<LoyalReader> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(LoyalReader.listen(hub, clock, greeted));
    }
    assertThat(greeted.await(60, TimeUnit.SECONDS)).as("all are listening").isTrue();

    Thread publisher = new Thread(() -> publishUntilEnough(hub), "publisher");
    publisher.start();
    awaitPublished(ENOUGH);
    int exit = hub.stop();
    hub.startAgain();
    awaitPublished(publishedSoFar() + ENOUGH);
    enough.set(true);
    publisher.join();

    assertThat(exit).isZero();
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> readers.stream().allMatch(reader -> reader.data().size() >= published.size()));
    assertThat(readers)
        .extracting(LoyalReader::data)
        .allSatisfy(data -> assertThat(data).isEqualTo(published));
    readers.forEach(LoyalReader::leave);
    hub.stop();
    clock.shutdownNow();
  }

  /** Never stops: what was not answered is published again, under the same idempotency key. */
  private void publishUntilEnough(HubProgram hub) {
    HistoryClient client = new HistoryClient(hub);
    for (int i = 0; !enough.get(); i++) {
      String data = "number " + i;
      while (client.publishOnce("rolling", data).isEmpty()) {
        Thread.onSpinWait();
      }
      synchronized (published) {
        published.add(data);
      }
    }
  }

  private int publishedSoFar() {
    synchronized (published) {
      return published.size();
    }
  }

  private void awaitPublished(int count) {
    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> publishedSoFar() >= count);
  }
}
