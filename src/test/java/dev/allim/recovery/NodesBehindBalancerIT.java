package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.allim.recovery.HistoryClient.Kept;
import dev.allim.testing.HubProgram;
import dev.allim.testing.RedisServer;
import dev.allim.testing.Signals;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three programs, a real redis-server and a real balancer in front, and readers and publishers who
 * know only that: whatever dies, hangs or is deployed anew, everybody has everything once, in the
 * order of the log.
 *
 * <p>{@code -Dallim.chaos.readers} is how many readers; by default as many as there may be files
 * for, and no more than 3,000.
 */
class NodesBehindBalancerIT {
  private static final int NODES = 3;
  private static final int MOST_READERS = 3_000;
  private static final int FEWEST_READERS = 150;

  /** The balancer has two for each stream, and has a stream twice while it moves; and one here. */
  private static final int FILES_A_READER = 5;

  private static final int READERS = Integer.getInteger("allim.chaos.readers", affordable());
  private static final int PUBLISHERS = 3;

  /** About so many a second over all readers, which leaves the machine to the rest. */
  private static final int DELIVERIES_A_SECOND = Integer.getInteger("allim.chaos.rate", 4_000);

  private static final long SEED = Long.getLong("allim.chaos.seed", 20_261_126);
  private static final int PROGRESS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration AN_ANSWER = Duration.ofSeconds(3);
  private static final int TAKEN = 201;

  @TempDir static Path directory;

  private static final ScheduledExecutorService CLOCK = Executors.newScheduledThreadPool(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static RedisServer redis;
  private static List<HubProgram> nodes = List.of();
  private static Balancer balancer;

  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicInteger published = new AtomicInteger();
  private final List<BalancedReader> readers = new ArrayList<>();
  private List<CompletableFuture<Void>> publishers = List.of();

  private static int affordable() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? (int) Math.min(MOST_READERS, unix.getMaxFileDescriptorCount() / FILES_A_READER)
        : FEWEST_READERS;
  }

  @BeforeAll
  static void start() {
    redis = RedisServer.start(directory, "--appendonly", "yes", "--appendfsync", "always");
    Map<String, String> settings =
        Map.of(
            "allim.history.engine", "redis",
            "allim.history.redis.grace", "30s",
            "allim.stream.heartbeat", "5s",
            "allim.drain.delay", "1s",
            "allim.drain.window", "1s",
            "quarkus.redis.hosts", redis.uri());
    nodes = HubProgram.startAll(NODES, directory, settings);
    balancer = Balancer.before(nodes, 2 * READERS, directory);
  }

  @AfterAll
  static void stop() {
    CLOCK.shutdownNow();
    nodes.forEach(HubProgram::kill);
    if (balancer != null) {
      balancer.close();
    }
    if (redis != null) {
      redis.close();
    }
  }

  /** What may happen, each followed by all readers going on. */
  private enum Blow {
    FIRST_IS_KILLED,
    SECOND_IS_KILLED,
    THIRD_IS_KILLED,
    REDIS_IS_KILLED,
    ONE_HANGS
  }

  @Test
  void whateverDiesEverybodyHasTheLogInItsOrderOnce() {
    begin("chaos");
    List<Blow> blows = new ArrayList<>(List.of(Blow.values()));
    Collections.shuffle(blows, new Random(SEED));
    for (Blow blow : blows) {
      happens(blow);
      awaitProgress(blow.name());
    }
    compareAll("chaos");
  }

  @Test
  void aDeployOfOneAfterTheOtherIsNotNoticed() {
    begin("deploy");
    for (HubProgram node : nodes) {
      assertThat(node.stop()).as("exit code of a node that was asked to end").isZero();
      node.startAgain();
      awaitProgress("a node was deployed");
    }
    compareAll("deploy");
  }

  private void happens(Blow blow) {
    switch (blow) {
      case FIRST_IS_KILLED -> isKilled(nodes.get(0));
      case SECOND_IS_KILLED -> isKilled(nodes.get(1));
      case THIRD_IS_KILLED -> isKilled(nodes.get(2));
      case REDIS_IS_KILLED -> {
        redis.kill();
        redis.startAgain();
      }
      case ONE_HANGS -> hangs(nodes.get(1));
    }
  }

  private static void isKilled(HubProgram node) {
    node.kill();
    node.startAgain();
  }

  /** Its readers go on elsewhere before it wakes up. */
  private void hangs(HubProgram node) {
    Signals.send("STOP", node.process());
    try {
      awaitProgress("all of the readers left the node that hangs");
    } finally {
      Signals.send("CONT", node.process());
    }
  }

  // ---- readers

  private void begin(String topic) {
    URI uri = balancer.uri("/events/" + topic + "?since=earliest");
    ConcurrentMap<String, String> known = new ConcurrentHashMap<>();
    for (int reader = 0; reader < READERS; reader++) {
      readers.add(new BalancedReader(uri, CLOCK, known));
    }
    publishers =
        IntStream.range(0, PUBLISHERS)
            .mapToObj(each -> CompletableFuture.runAsync(() -> publishUntilEnough(topic, each)))
            .toList();
    awaitProgress("all are listening");
  }

  private void awaitProgress(String after) {
    int until = published.get() + PROGRESS;
    await(after).atMost(PATIENCE).until(() -> least() >= until);
  }

  private int least() {
    return readers.stream().mapToInt(BalancedReader::count).min().orElse(0);
  }

  private void compareAll(String topic) {
    enough.set(true);
    publishers.forEach(CompletableFuture::join);
    publish(topic, "end");

    List<String> log =
        new HistoryClient(nodes.get(0))
            .after("earliest").stream()
                .filter(kept -> kept.topic().equals(topic))
                .map(Kept::id)
                .toList();
    assertThat(log).hasSize(published.get()).doesNotHaveDuplicates();
    await("all have all").atMost(PATIENCE).until(() -> least() >= log.size());
    readers.forEach(BalancedReader::leave);
    for (BalancedReader reader : readers) {
      assertThat(reader.others()).as("nothing was lost that a gap would tell of").isEmpty();
      assertThat(reader.ids()).isEqualTo(log);
    }
  }

  // ---- publishers

  private void publishUntilEnough(String topic, int publisher) {
    long pause = Duration.ofSeconds(PUBLISHERS * (long) READERS).toNanos() / DELIVERIES_A_SECOND;
    for (int number = 0; !enough.get(); number++) {
      publish(topic, "%d/%d".formatted(publisher, number));
      LockSupport.parkNanos(pause);
    }
  }

  /** Until one of them has it; it is the same notification each time. */
  private void publish(String topic, String data) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> isTaken(topic, data));
    published.incrementAndGet();
  }

  private static boolean isTaken(String topic, String data) {
    HttpRequest request =
        HttpRequest.newBuilder(balancer.uri("/events/" + topic))
            .header("Idempotency-Key", topic + data)
            .timeout(AN_ANSWER)
            .POST(HttpRequest.BodyPublishers.ofString(data))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == TAKEN;
    } catch (IOException gone) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
