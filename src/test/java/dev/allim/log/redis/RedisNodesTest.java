package dev.allim.log.redis;

import static dev.allim.log.Appends.append;
import static dev.allim.log.Appends.defer;
import static dev.allim.log.Appends.deliverDue;
import static dev.allim.log.Appends.once;
import static dev.allim.log.Appends.result;
import static dev.allim.log.Locations.find;
import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.many;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.allim.log.AppendResult;
import dev.allim.log.Appends.Heard;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.Note;
import dev.allim.log.append.SideRoom;
import dev.allim.log.retention.Retention;
import dev.allim.log.retention.RetentionRule;
import dev.allim.notification.Accepted;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.HandClock;
import dev.allim.testing.RedisServer;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs on one log: whatever one does, the other knows. */
class RedisNodesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static int logs;

  @TempDir static Path directory;
  private static RedisServer server;
  private static RedisNode here;
  private static RedisNode there;

  private final HandClock clock = new HandClock();
  private final String name = "shared" + logs++;
  private RedisLog one;
  private RedisLog two;

  @BeforeAll
  static void startServer() {
    server = RedisServer.start(directory);
    here = new RedisNode(server);
    there = new RedisNode(server);
  }

  @AfterAll
  static void stopServer() {
    if (here != null) {
      here.close();
      there.close();
      server.close();
    }
  }

  @BeforeEach
  void openBoth() {
    one = here.open(name, clock);
    two = there.open(name, clock);
  }

  @AfterEach
  void closeBoth() {
    one.close();
    two.close();
  }

  @Test
  void whatOneAppendsTheOtherHearsInOneOrder() {
    Heard atOne = new Heard();
    Heard atTwo = new Heard();
    one.tail(0, atOne);
    two.tail(0, atTwo);

    append(one, note("1", "a"));
    append(two, note("2", "a"));
    append(one, note("3", "b"), note("4", "b"));

    await().atMost(PATIENCE).until(() -> atTwo.ids().size() == 4 && atOne.ids().size() == 4);
    assertThat(atTwo.ids()).containsExactly("1", "2", "3", "4").isEqualTo(atOne.ids());
  }

  @Test
  void whoComesFromTheOtherGoesOnHere() {
    long[] positions = append(one, note("1", "a"), note("2", "a"));

    assertThat(find(two, new EventId("1"))).hasValue(positions[0]);
    assertThat(find(two, one.places().seal(positions[1]))).hasValue(positions[1]);
    assertThat(readAll(two, positions[0], "a")).containsExactly("2");
  }

  @Test
  void idsAndKeysAreTakenForBoth() {
    append(one, note("1", "a"));
    result(one, once("key", "print", note("2", "a")));

    assertThat(result(two, once("other", "print", note("1", "b"))))
        .isEqualTo(new AppendResult.IdTaken(0, new EventId("1")));
    assertThat(result(two, once("key", "print", note("3", "a"))))
        .isEqualTo(new AppendResult.Repeated(List.of(Accepted.now(new EventId("2")))));
  }

  @Test
  void aPurgeReachesTheOther() {
    Heard atTwo = new Heard();
    long[] positions = append(one, note("1", "a"), note("2", "a"));
    two.tail(two.status().head(), atTwo);

    one.purge(new Topic("a"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(atTwo.purged()).containsExactly("a@" + positions[1]));
  }

  @Test
  void whatIsDeletedByPositionIsGoneAtTheOther() {
    Heard atTwo = new Heard();
    long[] positions = append(one, note("1", "a"), note("2", "a"));
    two.tail(two.status().head(), atTwo);

    one.delete(List.of(positions[0]));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(atTwo.deleted).containsExactly(positions[0]));
    assertThat(readAll(two, 0, "a")).containsExactly("2");
  }

  @Test
  void whatOneNotesTheOtherHearsAndFinds() {
    AtomicInteger heard = new AtomicInteger();
    two.notes().orElseThrow().follow("board", heard::incrementAndGet);
    Note note = new Note("board", "name", "text", clock.instant().plusSeconds(60));

    one.notes().orElseThrow().keep(note, 1);

    await().atMost(PATIENCE).until(() -> heard.get() > 0);
    assertThat(two.notes().orElseThrow().all("board")).containsExactly(note);
    assertThat(two.notes().orElseThrow().keep(note, 0)).as("replaced").isTrue();
  }

  @Test
  void whatWaitsIsDeliveredOnceByWhoeverAsksFirst() {
    defer(one, note("1", "a"), clock.instant().plusSeconds(5));
    await()
        .atMost(PATIENCE)
        .until(() -> two.nextDue().equals(Optional.of(clock.instant().plusSeconds(5))));
    clock.advance(Duration.ofSeconds(5));

    assertThat(deliverDue(two, clock.instant(), 10)).isOne();
    assertThat(deliverDue(one, clock.instant(), 10)).isZero();
    assertThat(readAll(two, 0, "a")).containsExactly("1");
  }

  @Test
  void oldestGoWithTheirAgeTheirCountAndTheirBytes() {
    append(one, many("old", 3, "a"));
    clock.advance(Duration.ofHours(2));
    append(one, many("new", 5, "a"));
    RedisSettings settings =
        new RedisSettings(
            name,
            Optional.of(Duration.ofHours(1)),
            OptionalLong.of(4),
            Long.MAX_VALUE,
            SideRoom.USUAL,
            0,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    try (RedisLog third = here.open(settings, clock)) {
      third.enforceRetention(clock.instant());
      assertThat(third.status().events()).isEqualTo(4);
      assertThat(readAll(third, 0, "a")).containsExactly("new1", "new2", "new3", "new4");
      assertThat(third.read(0, filter("a"), 1, 1).truncatedUpTo()).isEqualTo(4);
      assertThat(third.read(0, filter("b"), 1, 1).truncatedUpTo()).isZero();
    }
    RedisSettings small =
        RedisSettings.of(
            name,
            new Retention(List.of(), 600),
            SideRoom.USUAL,
            0,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));
    try (RedisLog fourth = here.open(small, clock)) {
      fourth.enforceRetention(clock.instant());
      assertThat(fourth.status().bytes()).isLessThanOrEqualTo(600);
      assertThat(readAll(fourth, 0, "a")).isNotEmpty().endsWith("new4");
    }
  }

  @Test
  void whoIsFasterThanRetentionIsRefused() {
    RedisSettings small =
        RedisSettings.of(
            name,
            new Retention(List.of(), 1 << 20),
            SideRoom.USUAL,
            0,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));
    try (RedisLog third = here.open(small, clock)) {
      String data = "x".repeat(1 << 20);
      assertThatExceptionOfType(LogUnavailableException.class)
          .isThrownBy(
              () -> {
                for (int i = 0; i < 30; i++) {
                  append(third, Notification.of(new EventId("n" + i), new Topic("a"), data));
                }
              })
          .withMessageContaining("allim.history.max-size");
      third.enforceRetention(clock.instant());
      append(third, note("room", "a"));
    }
  }

  @Test
  void rulesForSomeTopicsAreRefusedAtTheStart() {
    Retention retention =
        new Retention(
            List.of(RetentionRule.count(TopicMatcher.parse("prices"), 10)), Long.MAX_VALUE);

    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(
            () ->
                RedisSettings.of(
                    name,
                    retention,
                    SideRoom.USUAL,
                    0,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10)))
        .withMessageContaining("allim.history.retention");
  }
}
