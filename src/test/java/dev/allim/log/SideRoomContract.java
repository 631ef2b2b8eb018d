package dev.allim.log;

import static dev.allim.log.Appends.cancel;
import static dev.allim.log.Appends.defer;
import static dev.allim.log.Appends.deliverDue;
import static dev.allim.log.Appends.once;
import static dev.allim.log.Appends.result;
import static dev.allim.log.Appends.results;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.AppendRequest.Entry;
import dev.allim.log.AppendRequest.Idempotency;
import dev.allim.log.AppendResult.Appended;
import dev.allim.log.AppendResult.Budget;
import dev.allim.log.AppendResult.NoRoom;
import dev.allim.log.AppendResult.Repeated;
import dev.allim.log.append.SideRoom;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every engine promises of the room beside the history: who is over it is refused, and others
 * keep what they have.
 */
public interface SideRoomContract {
  /** Room for three small ones of each. */
  long FOR_THREE = 3L * 600;

  SideRoom ROOM = new SideRoom(FOR_THREE, FOR_THREE);

  NoRoom NONE_TO_WAIT = new NoRoom(Budget.DELAYED, FOR_THREE);
  NoRoom NONE_FOR_KEYS = new NoRoom(Budget.KEYS, FOR_THREE);

  /** An engine of its own with that room, closed by the test. */
  LogEngine open(SideRoom beside);

  /** The clock that it goes by. */
  HandClock clock();

  private Instant soon() {
    return clock().instant().plusSeconds(10);
  }

  private void fillWithDelayed(LogEngine log) {
    for (int i = 0; i < 3; i++) {
      assertThat(defer(log, note("w" + i, "a"), soon())).isInstanceOf(Appended.class);
    }
  }

  private static void fillWithKeys(LogEngine log) {
    for (int i = 0; i < 3; i++) {
      assertThat(result(log, once("k" + i, "print", note("n" + i, "a"))))
          .isInstanceOf(Appended.class);
    }
  }

  @Test
  default void whoWouldWaitBeyondTheBudgetIsRefusedAndOthersKeepWhatTheyHave() {
    try (LogEngine log = open(ROOM)) {
      fillWithDelayed(log);

      assertThat(defer(log, note("over", "a"), soon())).isEqualTo(NONE_TO_WAIT);

      Appends.append(log, note("now", "a"));
      assertThat(result(log, once("key", "print", note("keyed", "a"))))
          .isInstanceOf(Appended.class);
      assertThat(deliverDue(log, soon(), 10)).isEqualTo(3);
      assertThat(readAll(log, 0, "*")).containsExactly("now", "keyed", "w0", "w1", "w2");
    }
  }

  @Test
  default void roomComesBackWithWhatWasDeliveredOrTakenBack() {
    try (LogEngine log = open(ROOM)) {
      fillWithDelayed(log);
      cancel(log, "w0");
      assertThat(defer(log, note("again", "a"), soon())).isInstanceOf(Appended.class);
      assertThat(defer(log, note("over", "a"), soon())).isEqualTo(NONE_TO_WAIT);

      deliverDue(log, soon(), 10);

      for (int i = 3; i < 6; i++) {
        assertThat(defer(log, note("w" + i, "a"), soon())).isInstanceOf(Appended.class);
      }
      assertThat(defer(log, note("over", "a"), soon())).isEqualTo(NONE_TO_WAIT);
    }
  }

  @Test
  default void thoseOfOneGroupShareTheRoomAndOneThatIsRefusedTakesNone() {
    try (LogEngine log = open(ROOM)) {
      Notification large =
          Notification.of(new EventId("large"), new Topic("a"), "x".repeat((int) FOR_THREE));

      List<AppendResult> results =
          results(log, waiting("1"), waiting(large), waiting("2"), waiting("3"), waiting("4"));

      assertThat(results.get(1)).isEqualTo(NONE_TO_WAIT);
      assertThat(results.get(4)).isEqualTo(NONE_TO_WAIT);
      assertThat(results).filteredOn(Appended.class::isInstance).hasSize(3);
      assertThat(deliverDue(log, soon(), 10)).isEqualTo(3);
    }
  }

  private AppendRequest waiting(String id) {
    return waiting(note(id, "a"));
  }

  private AppendRequest waiting(Notification notification) {
    return new AppendRequest(List.of(Entry.of(notification, soon())), Optional.empty());
  }

  @Test
  default void keysBeyondTheBudgetAreRefusedAndThoseThereAreAnsweredAlike() {
    try (LogEngine log = open(ROOM)) {
      fillWithKeys(log);

      assertThat(result(log, once("over", "print", note("over", "a")))).isEqualTo(NONE_FOR_KEYS);
      assertThat(result(log, keyedEntry("over", note("over", "a")))).isEqualTo(NONE_FOR_KEYS);

      assertThat(result(log, once("k0", "print", note("other", "a")))).isInstanceOf(Repeated.class);
      Appends.append(log, note("without", "a"));
      assertThat(readAll(log, 0, "*")).containsExactly("n0", "n1", "n2", "without");
    }
  }

  private static AppendRequest keyedEntry(String key, Notification notification) {
    Idempotency once = new Idempotency(IdempotencyKey.of(key), "print");
    Entry entry = new Entry(notification, true, Optional.empty(), Optional.of(once));
    return new AppendRequest(List.of(entry), Optional.empty());
  }

  @Test
  default void roomComesBackWithKeysThatExpired() {
    try (LogEngine log = open(ROOM)) {
      fillWithKeys(log);
      clock().advance(Duration.ofHours(25));
      log.enforceRetention(clock().instant());

      for (int i = 3; i < 6; i++) {
        assertThat(result(log, once("k" + i, "print", note("n" + i, "a"))))
            .isInstanceOf(Appended.class);
      }
      assertThat(result(log, once("over", "print", note("over", "a")))).isEqualTo(NONE_FOR_KEYS);
    }
  }

  @Test
  default void aKeyUsedAnewAfterItExpiredTakesItsRoomOnce() {
    try (LogEngine log = open(ROOM)) {
      for (int day = 0; day < 5; day++) {
        assertThat(result(log, once("key", "print", note("n" + day, "a"))))
            .isInstanceOf(Appended.class);
        clock().advance(Duration.ofHours(25));
      }
    }
  }
}
