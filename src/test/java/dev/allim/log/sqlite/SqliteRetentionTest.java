package dev.allim.log.sqlite;

import static dev.allim.log.Locations.before;
import static dev.allim.log.Locations.truncatedUpTo;
import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.many;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.log.Appends;
import dev.allim.log.EventLog;
import dev.allim.log.retention.Retention;
import dev.allim.log.retention.RetentionRule;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRetentionTest {
  @TempDir Path directory;
  private final HandClock clock = new HandClock();

  private SqliteLog open(long maxBytes, RetentionRule... rules) {
    return new SqliteLog(
        new SqliteSettings(
            directory.resolve("allim.db"),
            Durability.MEMORY,
            new Retention(List.of(rules), maxBytes),
            2),
        clock);
  }

  private SqliteLog open(RetentionRule... rules) {
    return open(Long.MAX_VALUE, rules);
  }

  private static TopicMatcher matcher(String text) {
    return TopicMatcher.parse(text);
  }

  private static void append(EventLog log, Notification... notifications) {
    Appends.append(log, List.of(notifications));
  }

  @Test
  void whatIsTooOldGoesAndIsKnownToBeForgotten() {
    try (SqliteLog log = open(RetentionRule.age(matcher("*"), Duration.ofMinutes(10)))) {
      append(log, note("1", "a", "x"), note("2", "b"));
      clock.advance(Duration.ofMinutes(6));
      append(log, note("3", "a"));
      clock.advance(Duration.ofMinutes(5));

      log.enforceRetention(clock.instant());

      assertThat(readAll(log, 0, "*")).containsExactly("3");
      assertThat(truncatedUpTo(log, filter("x"))).isEqualTo(1);
      assertThat(truncatedUpTo(log, filter("b"))).isEqualTo(2);
      assertThat(truncatedUpTo(log, filter("c"))).isZero();
      assertThat(before(log, clock.instant().minus(Duration.ofMinutes(7)))).isEqualTo(2);
    }
  }

  @Test
  void whatIsTooManyGoesOldestFirst() {
    try (SqliteLog log = open(RetentionRule.count(matcher("a/{n}"), 3))) {
      append(log, note("1", "a/1"), note("2", "b"), note("3", "a/2"), note("4", "a/1"));
      append(log, note("5", "a/3"), note("6", "a/1"));

      log.enforceRetention(clock.instant());

      assertThat(readAll(log, 0, "*")).containsExactly("2", "4", "5", "6");
    }
  }

  @Test
  void whatIsTooLargeGoesOldestFirst() {
    try (SqliteLog log = open(RetentionRule.bytes(matcher("*"), 2_500))) {
      for (int i = 0; i < 5; i++) {
        append(log, Notification.of(new EventId("" + i), new Topic("a"), "알".repeat(333)));
      }

      log.enforceRetention(clock.instant());

      assertThat(readAll(log, 0, "*")).containsExactly("3", "4");
    }
  }

  @Test
  void theFirstRuleThatMatchesCounts() {
    try (SqliteLog log =
        open(
            RetentionRule.age(matcher("audit/{+rest}"), Duration.ofDays(365)),
            RetentionRule.count(matcher("prices"), 1),
            RetentionRule.age(matcher("*"), Duration.ofMinutes(1)))) {
      append(log, note("1", "audit/1"), note("2", "prices"), note("3", "prices"), note("4", "c"));
      clock.advance(Duration.ofHours(1));

      log.enforceRetention(clock.instant());

      assertThat(readAll(log, 0, "*")).containsExactly("1", "3");
    }
  }

  @Test
  void whatWasThereBeforeARestartIsCounted() {
    try (SqliteLog log = open()) {
      Appends.append(log, many("old", 5_000, "a"));
    }
    try (SqliteLog log = open(RetentionRule.count(matcher("a"), 10))) {
      Appends.append(log, many("new", 4, "a"));
      log.purge(new Topic("b"));

      log.enforceRetention(clock.instant());

      assertThat(readAll(log, 0, "*"))
          .hasSize(10)
          .startsWith("old4994")
          .endsWith("new0", "new1", "new2", "new3");
    }
  }

  @Test
  void enforcingAgainGoesOnWhereItWas() {
    try (SqliteLog log = open(RetentionRule.count(matcher("a"), 2))) {
      for (int round = 0; round < 5; round++) {
        Appends.append(log, many("r" + round + "-", 1_000, "a"));
        log.enforceRetention(clock.instant());
        assertThat(readAll(log, 0, "*"))
            .containsExactly("r" + round + "-998", "r" + round + "-999");
      }
    }
  }

  @Test
  void theWholeStaysBelowItsCap() throws IOException {
    long cap = 4 << 20;
    try (SqliteLog log = open(cap)) {
      for (int round = 0; round < 8; round++) {
        fill(log, round);
        log.enforceRetention(clock.instant());
      }

      assertThat(readAll(log, 0, "*")).isNotEmpty().endsWith("r7-1999").doesNotContain("r0-0");
      assertThat(Files.size(directory.resolve("allim.db"))).isLessThan(3 * cap);
    }
  }

  private static void fill(EventLog log, int round) {
    Appends.append(
        log,
        IntStream.range(0, 2_000)
            .mapToObj(
                i ->
                    Notification.of(
                        new EventId("r" + round + "-" + i), new Topic("a"), "x".repeat(1_000)))
            .toList());
  }

  @Test
  void roomThatIsFreeForGoodIsGivenBack() throws IOException {
    Path file = directory.resolve("allim.db");
    try (SqliteLog log = open()) {
      for (int round = 0; round < 15; round++) {
        fill(log, round);
      }
      log.purge(new Topic("a"));
      log.enforceRetention(clock.instant());
    }
    assertThat(Files.size(file)).isLessThan(24 << 20);
  }

  @Test
  void publishersHaveTheirTurnWhileMuchIsLetGo() {
    try (SqliteLog log = open(RetentionRule.count(matcher("old"), 0))) {
      Appends.append(log, many("old", 30_000, "old"));

      CompletableFuture<Void> enforcing =
          CompletableFuture.runAsync(() -> log.enforceRetention(clock.instant()));
      int appended = 0;
      while (!enforcing.isDone()) {
        append(log, note("new" + appended++, "new"));
      }

      enforcing.join();
      // the sweep takes 60 steps, and whoever waits comes before the next one
      assertThat(appended).isGreaterThan(20);
      assertThat(readAll(log, 0, "*")).hasSize(appended);
    }
  }

  @Test
  void itEnforcesRetentionByItself() {
    try (SqliteLog log = open(RetentionRule.count(matcher("a"), 1))) {
      Appends.append(log, many("n", 10, "a"));

      log.enforcingRetentionEvery(Duration.ofMillis(1));

      await().untilAsserted(() -> assertThat(readAll(log, 0, "*")).containsExactly("n9"));
    }
  }
}
