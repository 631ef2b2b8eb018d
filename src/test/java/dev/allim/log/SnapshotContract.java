package dev.allim.log;

import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.ids;
import static dev.allim.log.Notifications.keyed;
import static dev.allim.log.Notifications.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.testing.HandClock;
import dev.allim.topic.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every engine promises of the state: the newest of each topic and key. */
public interface SnapshotContract {
  /** The engine in question, empty at first. */
  LogEngine log();

  /** The clock that it goes by. */
  HandClock clock();

  private long[] append(Notification... notifications) {
    return Appends.append(log(), notifications);
  }

  /** All of a state, in pages of two. */
  private List<LogRecord> latest(TopicFilter filter) {
    return pages(log().state(filter), 2);
  }

  @Test
  default void theStateIsTheNewestOfEachTopicAndKey() {
    append(
        note("1", "a"),
        keyed("2", "a", "k"),
        keyed("3", "a", "l"),
        keyed("4", "b", "k"),
        keyed("5", "a", "k"),
        note("6", "a"));

    assertThat(ids(latest(filter("*")))).containsExactly("3", "4", "5", "6");
    assertThat(ids(latest(filter("b")))).containsExactly("4");
    assertThat(ids(latest(filter("{t}")))).containsExactly("3", "4", "5", "6");
  }

  @Test
  default void theStateIsThatOfAMomentAndSaysOfWhich() {
    append(keyed("1", "a", "k"), keyed("2", "b", "k"));
    long moment = log().status().head();
    Snapshot state = log().state(filter("*"));
    append(keyed("3", "b", "k"), keyed("4", "c", "k"));

    Page first = state.read(0, 1, 1 << 20);
    Page last = state.read(first.upTo(), 10, 1 << 20);

    assertThat(ids(first.items())).containsExactly("1");
    assertThat(first.complete()).isFalse();
    assertThat(ids(last.items())).containsExactly("2");
    assertThat(last.complete()).isTrue();
    assertThat(last.upTo()).isEqualTo(moment);
  }

  @Test
  default void whatHasExpiredUncoversTheStateBefore() {
    append(keyed("1", "a", "k"), keyed("2", "a", "k").expiring(clock().instant().plusSeconds(1)));
    clock().advance(Duration.ofSeconds(1));

    assertThat(ids(latest(filter("a")))).containsExactly("1");
  }

  @Test
  default void theStateIsFoundByAlternates() {
    append(
        note("1", "a", "x").keyed(new Key("k")),
        note("2", "b", "x"),
        note("3", "a", "x").keyed(new Key("k")),
        note("4", "b", "y"));

    assertThat(ids(latest(filter("x")))).containsExactly("2", "3");
    assertThat(ids(latest(filter("{t}")))).containsExactly("3", "4");
    assertThat(ids(latest(filter("x", "a")))).containsExactly("2", "3");
  }

  @Test
  default void aLargeStateIsReadPageByPage() {
    assertThatAStateIsReadPageByPage(log(), 4_000);
  }

  static void assertThatAStateIsReadPageByPage(LogEngine log, int keys) {
    for (int round = 0; round < 2; round++) {
      List<Notification> batch = new ArrayList<>();
      for (int key = 0; key < keys; key++) {
        batch.add(keyed("n" + round + "/" + key, "a/" + key % 7, "k" + key));
      }
      Appends.append(log, batch);
    }
    Appends.append(log, List.of(note("x", "b", "a/alt"), keyed("last", "a/0", "k0")));

    List<LogRecord> state = pages(log.state(filter("a/{n}")), 1_000);

    assertThat(state).hasSize(keys + 1);
    assertThat(ids(state)).startsWith("n1/1", "n1/2").endsWith("n1/" + (keys - 1), "x", "last");
    assertThat(state).extracting(LogRecord::position).isSorted().doesNotHaveDuplicates();
  }

  private static List<LogRecord> pages(Snapshot state, int most) {
    List<LogRecord> all = new ArrayList<>();
    Page page = state.read(0, most, 1 << 20);
    all.addAll(page.items());
    while (!page.complete()) {
      page = state.read(page.upTo(), most, 1 << 20);
      all.addAll(page.items());
    }
    return all;
  }

  @Test
  default void knowsWhatOfSomeIsPartOfTheState() {
    append(
        keyed("1", "a", "k"),
        note("2", "a"),
        note("3", "a", "x").keyed(new Key("k")),
        keyed("4", "a", "k").expiring(clock().instant().plusSeconds(1)));
    clock().advance(Duration.ofSeconds(1));
    List<LogRecord> all = log().read(0, filter("*"), 10, 1 << 20).items();

    assertThat(ids(log().retainCurrent(filter("a"), all))).containsExactly("2", "3");
    assertThat(ids(log().retainCurrent(filter("x"), all))).contains("3");
  }
}
