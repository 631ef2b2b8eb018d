package dev.allim.history;

import static dev.allim.history.Notifications.note;
import static dev.allim.history.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.allim.notification.EventId;
import dev.allim.testing.HandClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every engine promises of what waits for its time, and of receipts. */
interface AgendaContract {
  /** The engine in question, empty at first. */
  HistoryEngine log();

  /** The clock that it goes by. */
  HandClock clock();

  private void defer(Deferred... deferred) {
    log().append(new Batch(List.of(), List.of(deferred), List.of(), List.of()));
  }

  private Deferred in(int seconds, String id) {
    return new Deferred(note(id, "a"), clock().instant().plusSeconds(seconds));
  }

  @Test
  default void whatIsDeferredWaitsInTheOrderOfItsTimes() {
    Deferred late = in(20, "late");
    Deferred soon = in(10, "soon");
    Deferred sameTime = in(10, "same time");
    defer(late, soon, sameTime);

    assertThat(log().nextDue()).hasValue(clock().instant().plusSeconds(10));
    assertThat(log().dueBy(clock().instant().plusSeconds(9), 10)).isEmpty();
    assertThat(log().dueBy(clock().instant().plusSeconds(10), 10)).containsExactly(soon, sameTime);
    assertThat(log().dueBy(clock().instant().plusSeconds(99), 2)).containsExactly(soon, sameTime);
    assertThat(log().dueBy(clock().instant().plusSeconds(99), 10))
        .containsExactly(soon, sameTime, late);
    assertThat(log().isPending(new EventId("late"))).isTrue();
    assertThat(readAll(log(), 0, "*")).isEmpty();
    assertThat(log().head()).isZero();
  }

  @Test
  default void whatIsDeliveredOrCancelledWaitsNoLonger() {
    Deferred soon = in(10, "soon");
    defer(soon, in(20, "late"));

    log()
        .append(
            new Batch(
                List.of(soon.notification()),
                List.of(),
                List.of(new EventId("soon"), new EventId("late"), new EventId("unknown")),
                List.of()));

    assertThat(log().nextDue()).isEmpty();
    assertThat(log().isPending(new EventId("soon"))).isFalse();
    assertThat(readAll(log(), 0, "*")).containsExactly("soon");
  }

  @Test
  default void anIdWaitsOnce() {
    defer(in(10, "1"));

    assertThatIllegalArgumentException().isThrownBy(() -> defer(in(5, "2"), in(20, "1")));

    assertThat(log().dueBy(clock().instant().plusSeconds(99), 10)).containsExactly(in(10, "1"));
  }

  private void receive(Receipt... receipts) {
    log().append(new Batch(List.of(), List.of(), List.of(), List.of(receipts)));
  }

  @Test
  default void aReceiptIsKeptUntilItExpires() {
    Receipt receipt =
        new Receipt("key", "print", "{\"id\":1}", true, clock().instant().plusSeconds(60));
    receive(receipt);

    assertThat(log().receipt("key", clock().instant().plusSeconds(59))).hasValue(receipt);
    assertThat(log().receipt("key", clock().instant().plusSeconds(60))).isEmpty();
    assertThat(log().receipt("other", clock().instant())).isEmpty();
  }

  @Test
  default void aKeyMayBeUsedAnewAfterItsReceiptExpired() {
    receive(new Receipt("key", "old", "1", false, clock().instant().plusSeconds(60)));
    clock().advance(Duration.ofSeconds(61));
    log().sweep(clock().instant());
    Receipt anew = new Receipt("key", "new", "2", false, clock().instant().plusSeconds(60));
    receive(anew);

    assertThat(log().receipt("key", clock().instant())).hasValue(anew);
  }
}
