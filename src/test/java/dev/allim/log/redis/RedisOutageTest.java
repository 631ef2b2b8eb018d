package dev.allim.log.redis;

import static dev.allim.log.Appends.append;
import static dev.allim.log.Appends.once;
import static dev.allim.log.Appends.result;
import static dev.allim.log.Locations.find;
import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.allim.log.AppendResult;
import dev.allim.log.Appends.Heard;
import dev.allim.log.EventLog;
import dev.allim.log.LogStart;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.Note;
import dev.allim.log.Notes;
import dev.allim.log.append.SideRoom;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.RedisServer;
import dev.allim.topic.Topic;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis goes away and comes back: with all it had, with less, with nothing. */
class RedisOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private RedisServer server;
  private RedisNode node;
  private RedisNode other;
  private RedisLog log;

  private void start(String... options) {
    server = RedisServer.start(directory, options);
    node = new RedisNode(server);
    other = new RedisNode(server);
    log = node.open(settings(0), Clock.systemUTC());
  }

  private static RedisSettings settings(int minReplicas) {
    return new RedisSettings(
        "log",
        Optional.empty(),
        OptionalLong.empty(),
        Long.MAX_VALUE,
        SideRoom.USUAL,
        minReplicas,
        Duration.ofSeconds(2),
        Duration.ofSeconds(3));
  }

  @AfterEach
  void stop() {
    if (log != null) {
      log.close();
      other.close();
      node.close();
      server.close();
    }
  }

  private Notes notes() {
    return log.notes().orElseThrow();
  }

  private static boolean isRefused(EventLog log, Notification... notifications) {
    try {
      append(log, notifications);
      return false;
    } catch (LogUnavailableException refused) {
      return true;
    }
  }

  /** It takes some tries until all that an outage has left is over. */
  private static void untilAppended(EventLog log, Notification notification) {
    await().atMost(PATIENCE).until(() -> !isRefused(log, notification));
  }

  @Test
  void whileRedisIsGoneAllFailsAtOnceAndThenGoesOnWhereItWas() {
    start("--appendonly", "yes", "--appendfsync", "always");
    Heard heard = new Heard();
    log.tail(0, heard);
    long[] before = append(log, note("1", "a"));
    server.kill();
    await().atMost(PATIENCE).until(() -> isRefused(log, note("lost", "a")));

    long begun = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      assertThat(isRefused(log, note("none" + i, "a"))).isTrue();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(() -> log.read(0, filter("*"), 1, 1));
    assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(log::probe);
    await().atMost(PATIENCE).until(() -> !log.status().writable());
    assertThat(log.status().behind()).isPositive();

    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(
            () ->
                notes()
                    .keep(new Note("board", "b", "b", Instant.ofEpochSecond(9_000_000_000L)), 10));
    AtomicInteger noted = new AtomicInteger();
    notes().follow("board", noted::incrementAndGet);
    server.startAgain();
    untilAppended(log, note("2", "a"));
    await().atMost(PATIENCE).until(() -> heard.ids().contains("2"));
    assertThat(heard.ids()).containsExactly("1", "2");
    assertThat(noted).as("whoever follows notes reads them again").hasPositiveValue();
    assertThat(find(log, new EventId("1"))).hasValue(before[0]);
    assertThat(log.read(0, filter("*"), 10, 1000).truncatedUpTo()).isZero();
    assertThat(log.status().writable()).isTrue();
  }

  @Test
  void whatComesBackEmptyIsAGapForEverybody() {
    start();
    Heard heard = new Heard();
    long[] before = append(log, note("1", "a"), note("2", "b"));
    EventId place = log.places().seal(before[0]);
    server.kill();
    server.startAgain();
    log.tail(before[1], heard);

    untilAppended(log, note("3", "a"));

    await().atMost(PATIENCE).until(() -> heard.ids().contains("3"));
    assertThat(heard.after.get(0)).as("a hole is told of").isGreaterThan(before[1]);
    assertThat(find(log, new EventId("1"))).isEmpty();
    assertThat(log.locate(new LogStart.After(place), filter("b")).isGap()).isTrue();
    assertThat(log.read(before[1], filter("c"), 10, 1000).truncatedUpTo()).isGreaterThan(before[1]);
    assertThat(readAll(log, 0, "*")).containsExactly("3");
  }

  /** As after a failover to a replica that lacked the last moments. */
  @Test
  void whatIsLostOfTheNewestIsNotTakenForWhatComesInItsPlace() {
    start();
    long[] positions = append(log, note("1", "a"), note("2", "a"), note("3", "a"));
    EventId place = log.places().seal(positions[2]);
    Heard heard = new Heard();
    log.tail(positions[2], heard);
    comesBackWith(positions[0]);

    try (RedisLog second = other.open(settings(0), Clock.systemUTC())) {
      long[] next = append(second, note("other", "a"));
      assertThat(next[0]).as("no place twice").isGreaterThan(positions[2]);
      untilAppended(log, note("4", "a"));
      await().atMost(PATIENCE).until(() -> heard.ids().contains("4"));
      assertThat(heard.ids()).containsExactly("other", "4");
      assertThat(log.locate(new LogStart.After(place), filter("a")).isGap()).isTrue();
      assertThat(second.locate(new LogStart.After(place), filter("a")).isGap()).isTrue();
      assertThat(find(second, new EventId("3"))).isEmpty();
      assertThat(readAll(second, 0, "a")).containsExactly("1", "other", "4");
    }
  }

  /** Makes of the log what another server would have, that has it up to there. */
  private void comesBackWith(long position) {
    String lua =
        """
        for _, entry in ipairs(redis.call('XRANGE', '{log}:log', '(' .. ARGV[1] .. '-0', '+')) do
          redis.call('XDEL', '{log}:log', entry[1])
          redis.call('HDEL', '{log}:ids', entry[2][2])
        end
        redis.call('HSET', '{log}:meta', 'head', ARGV[1], 'count', '1', 'run', 'another')
        return redis.call('ZADD', '{log}:latest', ARGV[1], 'a\\n')
        """;
    node.ask(Request.cmd(Command.EVAL).arg(lua).arg(0).arg(position));
    // the next that connects finds a server that it does not know
    node.ask(
        Request.cmd(Command.CLIENT).arg("KILL").arg("TYPE").arg("normal").arg("SKIPME").arg("yes"));
  }

  @Test
  void aServerThatDoesNotAnswerIsGone() {
    start();
    append(log, note("1", "a"));
    Heard heard = new Heard();
    log.tail(log.status().head(), heard);
    server.pause();

    assertThat(isRefused(log, note("unknown", "a"))).isTrue();
    long begun = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThat(isRefused(log, note("none" + i, "a"))).isTrue();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));

    server.resume();
    untilAppended(log, note("2", "a"));
    await().atMost(PATIENCE).until(() -> heard.ids().contains("2"));
    assertThat(heard.ids()).doesNotHaveDuplicates().endsWith("2").doesNotContain("none1");
    assertThat(readAll(log, 1, "a")).isEqualTo(heard.ids());
  }

  @Test
  void aPublishWhoseAnswerWasLostIsNotDoubledUnderItsKey() {
    start();
    server.pause();
    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(() -> result(log, once("key", "print", note("1", "a"))))
        .withMessageContaining("not known");
    server.resume();

    AppendResult[] again = new AppendResult[1];
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(LogUnavailableException.class)
        .until(
            () -> {
              again[0] = result(log, once("key", "print", note("2", "a")));
              return true;
            });

    assertThat(readAll(log, 0, "a")).hasSize(1);
  }

  @Test
  void whoAsksForReplicasThatAreNotThereIsToldSo() {
    start();
    try (RedisLog strict = other.open(settings(1), Clock.systemUTC())) {
      assertThatExceptionOfType(LogUnavailableException.class)
          .isThrownBy(() -> append(strict, note("1", "a")))
          .withMessageContaining("allim.history.redis.min-replicas");
    }
  }

  @Test
  void aServerThatForgetsOrEvictsIsWarnedOf() {
    start("--maxmemory-policy", "allkeys-lru");

    assertThat(new RedisAdvice(node.redis(), settings(0)).warnings())
        .hasSize(2)
        .anyMatch(warning -> warning.contains("appendonly"))
        .anyMatch(warning -> warning.contains("allkeys-lru"));
  }

  private static Notification big(int number, int half) {
    return Notification.of(
        new EventId("big %d/%d".formatted(number, half)), new Topic("big"), "x".repeat(100_000));
  }

  @Test
  void memoryThatIsFullRefusesPublishersAndNobodyElse() {
    start("--maxmemory", "3mb");
    append(log, note("1", "a"));
    AtomicInteger taken = new AtomicInteger();
    await()
        .atMost(PATIENCE)
        .until(() -> isRefused(log, big(taken.get(), 1), big(taken.getAndIncrement(), 2)));

    assertThat(readAll(log, 0, "a")).containsExactly("1");
    assertThat(readAll(log, 0, "big"))
        .as("of what was refused nothing is kept")
        .hasSize(2 * (taken.get() - 1));
    node.ask(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg("0"));
    untilAppended(log, note("2", "a"));
  }
}
