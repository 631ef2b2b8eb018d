package dev.allim.log;

import static dev.allim.log.Appends.cancel;
import static dev.allim.log.Appends.defer;
import static dev.allim.log.Appends.deliverDue;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.Appends.Heard;
import dev.allim.notification.EventId;
import dev.allim.testing.HandClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every engine promises of what waits for its time. */
interface DelayedDeliveryContract {
  /** The engine in question, empty at first. */
  LogEngine log();

  /** The clock that it goes by. */
  HandClock clock();

  private Instant in(int seconds) {
    return clock().instant().plusSeconds(seconds);
  }

  @Test
  default void whatIsDelayedWaitsInTheOrderOfItsTimes() {
    defer(log(), note("late", "a"), in(20));
    defer(log(), note("soon", "a"), in(10));
    defer(log(), note("same time", "a"), in(10));

    assertThat(log().nextDue()).hasValue(in(10));
    assertThat(readAll(log(), 0, "*")).isEmpty();
    assertThat(log().status().head()).isZero();
    assertThat(deliverDue(log(), in(9), 10)).isZero();
    assertThat(deliverDue(log(), in(99), 2)).isEqualTo(2);
    assertThat(readAll(log(), 0, "*")).containsExactly("soon", "same time");
    assertThat(log().nextDue()).hasValue(in(20));
  }

  @Test
  default void whatIsDueIsDeliveredOnceToAllWhoFollow() {
    Heard heard = new Heard();
    log().tail(0, heard);
    defer(log(), note("1", "a"), in(10));

    assertThat(deliverDue(log(), in(10), 10)).isOne();
    assertThat(deliverDue(log(), in(10), 10)).isZero();

    assertThat(heard.ids()).containsExactly("1");
    assertThat(log().nextDue()).isEmpty();
  }

  @Test
  default void whatIsTakenBackWaitsNoLonger() {
    defer(log(), note("1", "a"), in(10));

    assertThat(cancel(log(), "1")).isTrue();

    assertThat(cancel(log(), "1")).isFalse();
    assertThat(cancel(log(), "unknown")).isFalse();
    assertThat(deliverDue(log(), in(99), 10)).isZero();
    assertThat(log().nextDue()).isEmpty();
  }

  @Test
  default void anIdWaitsOnceAndIsFreeAfterItWasTakenBack() {
    defer(log(), note("1", "a"), in(10));
    EventId taken = new EventId("1");

    assertThat(defer(log(), note("1", "b"), in(5))).isEqualTo(new AppendResult.IdTaken(0, taken));
    assertThat(Appends.result(log(), AppendRequest.of(java.util.List.of(note("1", "b")))))
        .isEqualTo(new AppendResult.IdTaken(0, taken));

    cancel(log(), "1");
    assertThat(defer(log(), note("1", "b"), in(5))).isInstanceOf(AppendResult.Appended.class);
  }

  @Test
  default void theIdOfWhatWasDeliveredIsTaken() {
    defer(log(), note("1", "a"), in(10));
    deliverDue(log(), in(10), 10);

    assertThat(defer(log(), note("1", "b"), in(20)))
        .isEqualTo(new AppendResult.IdTaken(0, new EventId("1")));
  }
}
