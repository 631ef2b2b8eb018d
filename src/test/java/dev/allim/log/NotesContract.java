package dev.allim.log;

import static dev.allim.log.Notifications.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every engine promises of what it keeps beside the notifications. */
public interface NotesContract {
  /** The engine in question, empty at first. */
  LogEngine log();

  /** The clock that it goes by. */
  HandClock clock();

  /** One that is forgotten after so many seconds. */
  private Note lasting(int seconds, String board, String name, String text) {
    Instant until = clock().instant().plusSeconds(seconds);
    return new Note(board, name, text, until);
  }

  private Notes notes() {
    return log().notes().orElseThrow();
  }

  @Test
  default void whatIsNotedIsFoundOnItsBoard() {
    Note first = lasting(60, "one", "a", "text\nof 알림 \uD83D\uDD14 '\"");
    Note second = lasting(60, "one", "b", "");
    Note other = lasting(60, "two", "a", "other");

    assertThat(notes().keep(first, 10)).isTrue();
    assertThat(notes().keep(second, 10)).isTrue();
    assertThat(notes().keep(other, 10)).isTrue();

    assertThat(notes().all("one")).containsExactlyInAnyOrder(first, second);
    assertThat(notes().all("two")).containsExactly(other);
    assertThat(notes().all("none")).isEmpty();
    assertThat(notes().find("one", "a")).contains(first);
    assertThat(notes().find("one", "c")).isEmpty();
    assertThat(notes().find("two", "b")).isEmpty();
  }

  @Test
  default void aNoteIsOverAtItsTime() {
    notes().keep(lasting(60, "one", "short", "s"), 10);
    notes().keep(lasting(61, "one", "long", "l"), 10);

    clock().advance(Duration.ofSeconds(60));

    assertThat(notes().all("one")).extracting(Note::name).containsExactly("long");
    assertThat(notes().find("one", "short")).isEmpty();
    assertThat(notes().find("one", "long")).isPresent();
  }

  @Test
  default void aNoteOfTheSameNameReplaces() {
    Note later = lasting(90, "one", "a", "new");
    notes().keep(lasting(60, "one", "a", "old"), 1);

    assertThat(notes().keep(later, 1)).isTrue();

    assertThat(notes().all("one")).containsExactly(later);
  }

  @Test
  default void aFullBoardTakesNoMoreUntilSomethingIsOver() {
    Note second = lasting(90, "one", "b", "b");
    notes().keep(lasting(60, "one", "a", "a"), 1);
    assertThat(notes().keep(second, 1)).isFalse();
    assertThat(notes().all("one")).extracting(Note::name).containsExactly("a");
    assertThat(notes().keep(lasting(60, "two", "b", "b"), 1)).as("another board").isTrue();

    clock().advance(Duration.ofSeconds(60));

    assertThat(notes().keep(second, 1)).isTrue();
    assertThat(notes().all("one")).containsExactly(second);
  }

  @Test
  default void aBoardHoldsMany() {
    for (int i = 0; i < 1_500; i++) {
      assertThat(notes().keep(lasting(60, "one", "n" + i, "x".repeat(100)), 1_500)).isTrue();
    }

    assertThat(notes().all("one")).hasSize(1_500).doesNotHaveDuplicates();
    assertThat(notes().keep(lasting(60, "one", "more", ""), 1_500)).isFalse();
  }

  @Test
  default void whoFollowsHearsOfIt() {
    AtomicInteger heard = new AtomicInteger();
    EventLog.Registration following = notes().follow("one", heard::incrementAndGet);
    notes().keep(lasting(60, "one", "a", "a"), 10);
    await().atMost(Duration.ofSeconds(30)).until(() -> heard.get() > 0);

    following.end();
    int then = heard.get();
    notes().follow("two", () -> heard.addAndGet(100));
    AtomicInteger later = new AtomicInteger();
    notes().follow("one", later::incrementAndGet);
    notes().keep(lasting(60, "one", "b", "b"), 10);

    await().atMost(Duration.ofSeconds(30)).until(() -> later.get() > 0);
    assertThat(heard).hasValue(then);
  }

  @Test
  default void whatGoesOfTheHistoryTakesNoNote() {
    notes().keep(lasting(1_000_000, "one", "a", "a"), 10);
    Appends.append(log(), note("1", "a"), note("2", "one"));

    log().purge(new Topic("a"));
    log().purge(new Topic("one"));
    log().enforceRetention(clock().instant());

    assertThat(notes().all("one")).hasSize(1);
  }
}
