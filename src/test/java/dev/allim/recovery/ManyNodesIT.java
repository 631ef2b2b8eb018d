package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.recovery.HistoryClient.Kept;
import dev.allim.testing.HubClient;
import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.RedisServer;
import dev.allim.testing.Signals;
import dev.allim.testing.SseClient;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three programs and a real redis-server: one hub, whichever of them one talks to. */
class ManyNodesIT {
  private static final int NODES = 3;
  private static final int READERS = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration AN_ANSWER = Duration.ofSeconds(2);

  @TempDir static Path directory;

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor();
  private static RedisServer redis;
  private static List<HubProgram> nodes = List.of();

  @BeforeAll
  static void start() {
    redis = RedisServer.start(directory, "--appendonly", "yes", "--appendfsync", "always");
    Map<String, String> settings =
        Map.of(
            "allim.history.engine", "redis",
            "allim.history.redis.grace", "1s",
            "allim.stream.heartbeat", "500ms",
            "allim.drain.window", "200ms",
            "quarkus.redis.hosts", redis.uri());
    nodes = HubProgram.startAll(NODES, directory, settings);
  }

  @AfterAll
  static void stop() {
    CLOCK.shutdownNow();
    nodes.forEach(HubProgram::kill);
    if (redis != null) {
      redis.close();
    }
  }

  private static HubClient at(int node) {
    return nodes.get(node).client();
  }

  @Test
  void whatIsPublishedAtOneIsHeardAtTheOtherAndGoesOnAtTheThird() {
    String last;
    try (SseClient reader = at(1).listen("/events/rooms/1")) {
      at(0).publish("/events/rooms/1", "one");
      at(2).publish("/events/rooms/1", "two");
      assertThat(reader.next(2)).extracting(ReceivedEvent::data).containsExactly("one", "two");
      at(0).publish("/events/rooms/1", "three");
      last = reader.next().lastEventId();
    }
    at(1).publish("/events/rooms/1", "four");

    try (SseClient again = at(2).listen("/events/rooms/1", "Last-Event-ID", last)) {
      assertThat(again.next().data()).isEqualTo("four");
    }
  }

  /** Readers do not notice; publishers are told at once when to come back. */
  @Test
  void whileRedisIsGoneReadersStayAndPublishersAreTold() {
    try (SseClient reader = at(1).listen("/events/outage")) {
      at(0).publish("/events/outage", "before");
      assertThat(reader.next().data()).isEqualTo("before");
      redis.kill();

      HttpResponse<String> refused = awaitRefusal();
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      await().atMost(PATIENCE).until(() -> readiness(0) == 503);
      drain(reader);
      reader.nextComment();

      redis.startAgain();
      await().atMost(PATIENCE).until(() -> readiness(0) == 200 && readiness(1) == 200);
      publish("outage", "after", 0);
      await().atMost(PATIENCE).until(() -> reader.waiting() > 0);
      assertThat(reader.next().data()).isEqualTo("after");
    }
  }

  /** Heartbeats of before: what comes then, comes without Redis. */
  private static void drain(SseClient reader) {
    for (int heartbeats = 0; heartbeats < 3; heartbeats++) {
      reader.nextComment();
    }
  }

  private static HttpResponse<String> awaitRefusal() {
    return await()
        .atMost(PATIENCE)
        .until(() -> at(0).post("/events/outage", "lost"), answer -> answer.statusCode() == 503);
  }

  private static int readiness(int node) {
    return at(node)
        .send(HttpRequest.newBuilder(nodes.get(node).management("/q/health/ready")))
        .statusCode();
  }

  // ---- nodes die, Redis dies, a node sleeps

  @Test
  void whateverDiesEveryReaderHasAllInOneOrderOnce() {
    List<RovingReader> readers = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      readers.add(new RovingReader(nodes, reader, "/events/chaos?since=earliest", CLOCK));
    }
    AtomicBoolean enough = new AtomicBoolean();
    List<CompletableFuture<Integer>> publishers =
        IntStream.range(0, NODES)
            .mapToObj(node -> CompletableFuture.supplyAsync(() -> publishUntil(enough, node)))
            .toList();
    await().atMost(PATIENCE).until(() -> haveAtLeast(readers, 20));

    nodes.get(1).kill();
    await().atMost(PATIENCE).until(() -> haveAtLeast(readers, 60));
    nodes.get(1).startAgain();
    redis.kill();
    redis.startAgain();
    int before = least(readers);
    await().atMost(PATIENCE).until(() -> haveAtLeast(readers, before + 40));
    sleeps(nodes.get(2), readers);
    enough.set(true);
    int published = publishers.stream().mapToInt(CompletableFuture::join).sum();
    publish("chaos", "end", 0);

    List<String> all =
        new HistoryClient(nodes.get(0))
            .after("earliest").stream()
                .filter(kept -> kept.topic().equals("chaos"))
                .map(Kept::id)
                .toList();
    assertThat(all).hasSize(published + 1).doesNotHaveDuplicates();
    await().atMost(PATIENCE).until(() -> haveAtLeast(readers, all.size()));
    readers.forEach(RovingReader::leave);
    for (RovingReader reader : readers) {
      assertThat(reader.events()).extracting(ReceivedEvent::type).containsOnly("message");
      assertThat(reader.events()).extracting(ReceivedEvent::lastEventId).isEqualTo(all);
    }
  }

  private static int least(List<RovingReader> readers) {
    return readers.stream().mapToInt(reader -> reader.events().size()).min().orElse(0);
  }

  private static boolean haveAtLeast(List<RovingReader> readers, int count) {
    return least(readers) >= count;
  }

  /** While it sleeps nobody else is hindered; when it wakes its readers have what they missed. */
  private static void sleeps(HubProgram node, List<RovingReader> readers) {
    Signals.send("STOP", node.process());
    try {
      long awake = readers.stream().filter(reader -> reader.events().size() > 0).count();
      int most = most(readers);
      await().atMost(PATIENCE).until(() -> most(readers) > most + 20);
      assertThat(awake).isEqualTo(READERS);
    } finally {
      Signals.send("CONT", node.process());
    }
  }

  private static int most(List<RovingReader> readers) {
    return readers.stream().mapToInt(reader -> reader.events().size()).max().orElse(0);
  }

  /** Publishes one after the other, each until some node has it; how many that were. */
  private static int publishUntil(AtomicBoolean enough, int publisher) {
    int count = 0;
    while (!enough.get()) {
      publish("chaos", "%d/%d".formatted(publisher, count++), publisher);
    }
    return count;
  }

  private static void publish(String topic, String data, int first) {
    int[] node = {first};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> isTaken(node[0]++ % NODES, topic, data));
  }

  private static boolean isTaken(int node, String topic, String data) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(nodes.get(node).uri("/events/" + topic))
            .header("Idempotency-Key", topic + data)
            .timeout(AN_ANSWER)
            .POST(HttpRequest.BodyPublishers.ofString(data));
    try {
      return at(node).send(request).statusCode() == 201;
    } catch (UncheckedIOException gone) {
      return false;
    }
  }
}
