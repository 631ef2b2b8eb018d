package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.DisconnectCause;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Heartbeats, and the ends that time, the hub itself and the reader bring. */
class EndingTest {
  private TestHub hub = TestHub.withOneLane();

  /** A tick each second, as in life. */
  private void passSeconds(int seconds) {
    for (int i = 0; i < seconds; i++) {
      hub.clock.pass(Duration.ofSeconds(1));
      hub.tick();
    }
  }

  @Test
  void keepsTheSilentAliveAndThemAlone() {
    TestReader silent = hub.join("a");
    TestReader busy = hub.join("b");
    passSeconds(10);
    hub.deliver("b");

    passSeconds(5);

    assertThat(silent.wire.comments()).isEqualTo(1);
    assertThat(busy.wire.comments()).isZero();
    assertThat(hub.listener.heartbeats).isEqualTo(1);
  }

  @Test
  void sendsAHeartbeatOnceInAWhile() {
    TestReader reader = hub.join("a");

    passSeconds(60);

    assertThat(reader.wire.comments()).isEqualTo(4);
    assertThat(reader.isOver()).isFalse();
  }

  @Test
  void sendsNoHeartbeatBehindBytesThatWait() {
    TestReader reader = hub.join("a");
    passSeconds(10);
    reader.wire.fill();
    hub.deliver("a");

    passSeconds(8);

    assertThat(reader.wire.writes).isEqualTo(2);
  }

  @Test
  void closesAStreamWhoseSocketTookNothingForTheWriteTimeout() {
    TestReader stalled = hub.join("a");
    TestReader other = hub.join("a");
    stalled.wire.fill();
    passSeconds(3);
    hub.deliver("a");

    passSeconds(9);
    assertThat(stalled.isOver()).isFalse();
    passSeconds(2);

    assertThat(stalled.wire.aborted).isTrue();
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.WRITE_STALLED);
    assertThat(other.isOver()).isFalse();
  }

  @Test
  void keepsAStreamWhoseSocketTakesALittleNowAndThen() {
    TestReader slow = hub.join("a");
    slow.wire.stick();
    for (int i = 0; i < 12; i++) {
      hub.deliver("a");
    }

    for (int i = 0; i < 10; i++) {
      passSeconds(8);
      slow.wire.trickle();
    }

    assertThat(slow.isOver()).isFalse();
    passSeconds(11);
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.WRITE_STALLED);
  }

  @Test
  void endsAStreamThatReachesItsAgeAndSaysWhenToComeBack() {
    hub = new TestHub(1, TestSettings.DEFAULT.lasting(Duration.ofSeconds(100)));
    TestReader first = hub.join("a");
    passSeconds(20);
    TestReader second = hub.join("a");

    passSeconds(74);
    assertThat(first.isOver()).isFalse();
    passSeconds(1);

    assertThat(first.wire.ended).isTrue();
    assertThat(first.wire.retry()).isEqualTo(2000);
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.MAX_AGE);
    assertThat(second.isOver()).isFalse();
    passSeconds(20);
    assertThat(hub.listener.closed).hasSize(2);
  }

  @Test
  void endsALaggingStreamThatReachesItsAge() {
    hub = new TestHub(1, TestSettings.DEFAULT.lasting(Duration.ofSeconds(8)));
    TestReader reader = hub.join("a");
    reader.wire.fill();
    hub.deliver("a");

    passSeconds(8);

    assertThat(hub.listener.closed).containsExactly(DisconnectCause.MAX_AGE);
    reader.drain();
    assertThat(reader.ids()).containsExactly("1");
  }

  @Test
  void endsEveryStreamWhenTheHubCloses() {
    TestHub wide = new TestHub(2, TestSettings.DEFAULT);
    TestReader live = wide.joinOn(0, "a");
    TestReader lagging = wide.joinOn(1, "a");
    lagging.wire.fill();
    wide.deliver("a");
    wide.publish("a");

    wide.hub.close();

    wide.run();
    assertThat(live.ids()).containsExactly("1", "2");
    assertThat(live.wire.ended).isTrue();
    assertThat(lagging.wire.ended).isTrue();
    assertThat(wide.listener.closed)
        .containsExactly(DisconnectCause.DRAINING, DisconnectCause.DRAINING);
    assertThat(live.wire.retry()).isEqualTo(2000);
  }

  @Test
  void countsAnEndOnceEvenIfTheConnectionClosesBehindIt() {
    TestReader reader = hub.join("a");
    hub.hub.close();
    hub.run();

    reader.leave();

    assertThat(hub.listener.closed).containsExactly(DisconnectCause.DRAINING);
    assertThat(reader.closed).isEqualTo(1);
  }

  @Test
  void refusesInAWayThatAReaderSurvives() {
    RecordingWire wire = new RecordingWire();

    hub.hub.refuse(wire, Duration.ofMillis(3456), DisconnectCause.OVER_LIMIT);

    assertThat(wire.retry()).isEqualTo(3456);
    assertThat(wire.ended).isTrue();
    assertThat(hub.listener.refused).containsExactly(DisconnectCause.OVER_LIMIT);
    assertThat(hub.listener.opened).isZero();
  }

  @Test
  void endsAStreamWhoseWireThrowsFromTheBeginning() {
    RecordingWire wire = new RecordingWire();
    wire.breakDown();

    TestReader reader = hub.joinOn(0, Optional.of("unknown"), wire, "a");

    assertThat(reader.closed).isEqualTo(1);
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.ERROR);
    assertThat(hub.deliver("a")).isEqualTo(1);
  }

  @Test
  void keepsTheOthersAliveWhenAHeartbeatThrows() {
    TestReader first = hub.join("a");
    TestReader faulty = hub.join("a");
    TestReader last = hub.join("a");
    faulty.wire.breakDown();

    passSeconds(15);

    assertThat(first.wire.comments()).isEqualTo(1);
    assertThat(last.wire.comments()).isEqualTo(1);
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.ERROR);
  }

  @Test
  void endsTheOthersWellWhenOneWireThrowsAtTheEnd() {
    TestReader first = hub.join("a");
    TestReader faulty = hub.join("a");
    TestReader last = hub.join("a");
    faulty.wire.breakDown();

    hub.hub.close();

    hub.run();
    assertThat(first.wire.ended).isTrue();
    assertThat(last.wire.ended).isTrue();
    assertThat(hub.listener.closed)
        .containsExactlyInAnyOrder(
            DisconnectCause.DRAINING, DisconnectCause.ERROR, DisconnectCause.DRAINING);
  }

  @Test
  void saysOfEachCauseWhetherAnOperatorWantsToReadOfIt() {
    assertThat(DisconnectCause.values())
        .filteredOn(DisconnectCause::noteworthy)
        .containsExactlyInAnyOrder(
            DisconnectCause.LAGGED,
            DisconnectCause.WRITE_STALLED,
            DisconnectCause.OVER_LIMIT,
            DisconnectCause.ERROR);
  }

  @Test
  void getsNothingMoreOnceItHasLeft() {
    TestReader leaving = hub.join("a");
    TestReader staying = hub.join("a");
    hub.publish("a");

    leaving.leave();

    hub.run();
    assertThat(leaving.ids()).isEmpty();
    assertThat(staying.ids()).containsExactly("1");
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.CLIENT_LEFT);
  }

  @Test
  void leavesOnceHoweverOftenItSaysSo() {
    TestReader reader = hub.join("a");

    reader.leave();
    reader.leave();
    reader.drain();

    assertThat(reader.closed).isEqualTo(1);
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.CLIENT_LEFT);
  }
}
