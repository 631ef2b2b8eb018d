package dev.allim.log;

import static dev.allim.log.Appends.append;
import static dev.allim.log.Locations.find;
import static dev.allim.log.Locations.truncatedUpTo;
import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.ids;
import static dev.allim.log.Notifications.keyed;
import static dev.allim.log.Notifications.many;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static dev.allim.log.Notifications.readAllBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.UrlTopics;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every engine promises to those who read, forwards and back from the newest. */
interface ReadingContract {
  /** The engine in question, empty at first. */
  LogEngine log();

  /** The clock that it goes by. */
  HandClock clock();

  @Test
  default void readsBackFromTheNewestOverAllKindsOfTopics() {
    append(log(), note("1", "a"), note("2", "b/1"), note("3", "b/2", "a"), keyed("4", "a", "k"));
    long[] last = append(log(), note("5", "c"), note("6", "a"));

    assertThat(readAllBack(log(), EventLog.FROM_THE_END, "*"))
        .containsExactly("6", "5", "4", "3", "2", "1");
    assertThat(readAllBack(log(), EventLog.FROM_THE_END, "a")).containsExactly("6", "4", "3", "1");
    assertThat(readAllBack(log(), last[0], "a", "c")).containsExactly("4", "3", "1");
    assertThat(readAllBack(log(), EventLog.FROM_THE_END, "b/{x}")).containsExactly("3", "2");
    assertThat(readAllBack(log(), EventLog.FROM_THE_END, "d")).isEmpty();
    assertThat(log().readBack(1, filter("*"), 10, Notifications.ROOM).items()).isEmpty();
  }

  @Test
  default void aPageBackIsAsLongAsAskedForAndSaysWhereItEnded() {
    append(log(), many("n", 10, "a").toArray(Notification[]::new));

    Page page = log().readBack(EventLog.FROM_THE_END, filter("a"), 3, Notifications.ROOM);

    assertThat(ids(page.items())).containsExactly("n9", "n8", "n7");
    assertThat(page.complete()).isFalse();
    assertThat(ids(log().readBack(page.upTo(), filter("a"), 3, Notifications.ROOM).items()))
        .containsExactly("n6", "n5", "n4");
    assertThat(log().readBack(EventLog.FROM_THE_END, filter("a"), 10, 3).items())
        .hasSizeLessThan(5);
    assertThat(
            log().readBack(EventLog.FROM_THE_END, filter("a"), 11, Notifications.ROOM).complete())
        .isTrue();
  }

  @Test
  default void whatHasExpiredIsNotReadBack() {
    append(log(), note("1", "a"), note("2", "a").expiring(clock().instant().plusSeconds(1)));
    clock().advance(Duration.ofSeconds(2));

    assertThat(readAllBack(log(), EventLog.FROM_THE_END, "a")).containsExactly("1");
  }

  /** Far more than one call looks at. */
  @Test
  default void theFewAmongManyAreReadBackToo() {
    append(log(), note("first", "rare/1"));
    append(log(), many("n", 9_000, "often").toArray(Notification[]::new));
    append(log(), note("last", "rare/2"));

    assertThat(readAllBack(log(), EventLog.FROM_THE_END, "rare/{x}"))
        .containsExactly("last", "first");
    assertThat(readAllBack(log(), EventLog.FROM_THE_END, "rare/1")).containsExactly("first");
  }

  @Test
  default void readsWhatStandsBehindAPosition() {
    long[] positions = append(log(), note("1", "a"), note("2", "a"), note("3", "a"));

    Page page = log().read(positions[0], filter("a"), 10, Notifications.ROOM);

    assertThat(ids(page.items())).containsExactly("2", "3");
    assertThat(page.upTo()).isEqualTo(log().status().head());
    assertThat(page.complete()).isTrue();
  }

  @Test
  default void readsWhatIsAskedForByTopicAlternateOrTemplate() {
    append(
        log(),
        note("1", "orders/1"),
        note("2", "users/1", "orders/2", "x"),
        note("3", "users/2"),
        note("4", "orders/1/items", "x"));

    assertThat(readAll(log(), 0, "orders/1")).containsExactly("1");
    assertThat(readAll(log(), 0, "orders/2")).containsExactly("2");
    assertThat(readAll(log(), 0, "x", "users/1", "orders/1")).containsExactly("1", "2", "4");
    assertThat(readAll(log(), 0, "orders/{id}")).containsExactly("1", "2");
    assertThat(readAll(log(), 0, "orders/{+rest}", "users/2")).containsExactly("1", "2", "3", "4");
    assertThat(readAll(log(), 0, "*")).containsExactly("1", "2", "3", "4");
    assertThat(readAll(log(), 0, "nothing")).isEmpty();
  }

  /** What no log can look up by its name it has to look for. */
  @Test
  default void readsWhatAPatternOfUrlsTakes() {
    append(
        log(),
        note("1", "/books/1"),
        note("2", "x", "https://hub.example.com/a/../books/2"),
        note("3", "/films/1"),
        note("4", "http://["));
    TopicFilter filter = UrlTopics.filter("/books/:id");

    assertThat(ids(log().read(0, filter, 10, Notifications.ROOM).items()))
        .containsExactly("1", "2");
    assertThat(ids(log().readBack(EventLog.FROM_THE_END, filter, 10, Notifications.ROOM).items()))
        .containsExactly("2", "1");
    log().purge(new Topic("/books/1"));
    assertThat(truncatedUpTo(log(), filter)).isPositive();
    assertThat(truncatedUpTo(log(), UrlTopics.filter("/films/:id"))).isZero();
  }

  @Test
  default void manyTopicsAtOnceAreReadInOrder() {
    String[] topics = new String[60];
    Arrays.setAll(topics, i -> "topic/" + i);
    for (int i = 59; i >= 0; i--) {
      append(log(), note("n" + i, topics[i]));
    }

    assertThat(readAll(log(), 0, topics)).hasSize(60).startsWith("n59").endsWith("n0");
    assertThat(readAll(log(), 0, Arrays.copyOf(topics, 30))).hasSize(30).startsWith("n29");
  }

  @Test
  default void pagesFollowEachOtherWithoutHoleOrDouble() {
    append(log(), many("n", 250, "a"));

    Page first = log().read(0, filter("a"), 100, Notifications.ROOM);

    assertThat(first.items()).hasSize(100);
    assertThat(first.complete()).isFalse();
    assertThat(readAll(log(), 0, "a"))
        .containsExactlyElementsOf(
            many("n", 250, "a").stream().map(notification -> notification.id().value()).toList());
  }

  @Test
  default void aPageIsBoundedByTheBytesOfItsData() {
    Notification large = Notification.of(new EventId("1"), new Topic("a"), "x".repeat(1000));
    append(log(), large, note("2", "a"), note("3", "a"));

    Page page = log().read(0, filter("a"), 10, 500);

    assertThat(ids(page.items())).containsExactly("1");
    assertThat(page.complete()).isFalse();
  }

  @Test
  default void readingMovesOnOverWhatIsNotAskedFor() {
    append(log(), many("n", 9_000, "noise"));
    append(log(), note("wanted", "signal/1"));

    assertThat(readAll(log(), 0, "signal/{n}")).containsExactly("wanted");
    assertThat(log().read(0, filter("signal/1"), 1, Notifications.ROOM).items()).hasSize(1);
  }

  @Test
  default void readingFromAheadOfTheLogFindsNothing() {
    append(log(), note("1", "a"));

    Page page = log().read(log().status().head() + 5, filter("*"), 10, Notifications.ROOM);

    assertThat(page.items()).isEmpty();
    assertThat(page.complete()).isTrue();
    assertThat(page.upTo()).isGreaterThanOrEqualTo(log().status().head());
  }

  @Test
  default void whatHasExpiredIsNotReadAndIsNoLoss() {
    append(log(), note("1", "a").expiring(clock().instant().plusSeconds(10)), note("2", "a"));
    clock().advance(Duration.ofSeconds(10));

    assertThat(readAll(log(), 0, "a")).containsExactly("2");
    assertThat(ids(log().state(filter("a")).read(0, 10, Notifications.ROOM).items()))
        .containsExactly("2");
    log().enforceRetention(clock().instant());
    assertThat(find(log(), new EventId("1"))).isEmpty();
    assertThat(truncatedUpTo(log(), filter("a"))).isZero();
  }
}
