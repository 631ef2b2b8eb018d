package dev.allim.hub;

import static dev.allim.hub.LaggingTest.ids;
import static dev.allim.hub.LaggingTest.keeping;
import static dev.allim.hub.LaggingTest.lagging;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.settings.SlowReaderPolicy;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.testing.ReceivedEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Readers at the edge of the ring of recent frames, and past it. */
class RingEdgeTest {
  @Test
  void catchesUpToTheVeryEdgeOfTheRing() {
    TestHub hub = keeping(4, SlowReaderPolicy.DISCONNECT);
    TestReader reader = lagging(hub);
    hub.publishMany(4, "a");
    hub.run();

    reader.drain();

    assertThat(reader.ids()).isEqualTo(ids(1, 5));
    assertThat(reader.isOver()).isFalse();
  }

  @Test
  void isDisconnectedOneBehindTheEdge() {
    TestHub hub = keeping(4, SlowReaderPolicy.DISCONNECT);
    TestReader reader = lagging(hub);
    hub.publishMany(5, "a");
    hub.run();

    reader.drain();

    assertThat(reader.ids()).containsExactly("1");
    assertThat(reader.wire.aborted).isTrue();
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.LAGGED);
  }

  @Test
  void isToldWhatItMissesAndGoesOnWhereThatIsThePolicy() {
    TestHub hub = keeping(4, SlowReaderPolicy.SKIP);
    TestReader reader = lagging(hub);
    hub.publishMany(6, "a");
    hub.run();

    reader.drain();

    hub.deliver("a");
    assertThat(reader.ids()).containsExactly("1", "4", "5", "6", "7", "8");
    assertThat(reader.events().get(1))
        .isEqualTo(
            new ReceivedEvent("gap", "{\"asked\":\"1\",\"resumesAt\":\"4\",\"missed\":null}", "1"));
    assertThat(hub.listener.gaps).isEqualTo(1);
    assertThat(hub.listener.closed).isEmpty();
  }

  @Test
  void isToldOfAGapBehindWhichNothingHasComeYet() {
    TestHub hub = keeping(4, SlowReaderPolicy.SKIP);
    TestReader reader = lagging(hub);
    hub.deliver("a");
    hub.publishMany(4, "b");
    hub.run();

    reader.drain();

    assertThat(reader.gaps())
        .containsExactly("{\"asked\":\"1\",\"resumesAt\":null,\"missed\":null}");
    hub.deliver("a");
    assertThat(reader.ids()).containsExactly("1", "7");
  }

  @Test
  void isNeitherToldNorDisconnectedWhenWhatIsGoneIsNotForIt() {
    TestHub hub = keeping(4, SlowReaderPolicy.DISCONNECT);
    TestReader reader = lagging(hub);
    hub.publishMany(10, "b");
    hub.run();

    reader.drain();

    hub.deliver("a");
    assertThat(reader.ids()).containsExactly("1", "12");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void readsOnFromTheLogWhereTheRingHasMovedPast() {
    TestHub hub = new TestHub(1, TestSettings.DEFAULT.keeping(4).logging(1000));
    TestReader reader = lagging(hub);
    hub.publishMany(500, "a");
    hub.run();

    reader.drain();

    hub.deliver("a");
    assertThat(reader.ids()).isEqualTo(ids(1, 502));
    assertThat(reader.gaps()).isEmpty();
  }

  /** Three events fit; whoever stands further back needs the log, which is forgetful here. */
  @Test
  void measuresTheRingInBytesToo() {
    int event = "id: 1\ndata: x\n\n".length();
    TestSettings small = TestSettings.DEFAULT.keepingBytes(3 * event).logging(0);
    TestHub hub = new TestHub(1, small);
    TestReader atTheEdge = lagging(hub);
    hub.publishMany(3, "a");
    hub.run();
    atTheEdge.drain();
    TestReader pastIt = hub.join("a");
    pastIt.wire.fill();
    hub.deliver("a");
    hub.publishMany(4, "a");
    hub.run();

    pastIt.drain();

    assertThat(atTheEdge.ids()).isEqualTo(ids(1, 9));
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.LAGGED);
  }

  /** Three blocks of three events make the socket full; the ring holds the last four. */
  @Test
  void lagsInTheMiddleOfATurnThatIsLargerThanTheRing() {
    TestHub hub = keeping(4, SlowReaderPolicy.SKIP);
    TestReader reader = hub.join("a");
    reader.wire.stick();
    for (int i = 0; i < 30; i++) {
      hub.publishData("x".repeat(10_000), "a");
    }
    hub.run();

    reader.drain();

    assertThat(reader.gaps())
        .containsExactly("{\"asked\":\"9\",\"resumesAt\":\"27\",\"missed\":null}");
    assertThat(reader.ids().subList(0, 9)).isEqualTo(ids(1, 9));
    assertThat(reader.ids().subList(9, 13)).isEqualTo(ids(27, 30));
  }

  @Test
  void isToldWhatItsReplayMissesWhateverThePolicy() {
    TestHub hub = keeping(4, SlowReaderPolicy.DISCONNECT);
    TestReader reader = replaying(hub);
    hub.publishMany(5, "a");
    hub.run();

    reader.drain();

    assertThat(reader.gaps())
        .containsExactly("{\"asked\":\"1\",\"resumesAt\":\"3\",\"missed\":null}");
    assertThat(reader.ids()).isEqualTo(ids(3, 6));
  }

  /** A reader that resumes behind event 1 on a socket that is full from the beginning. */
  private static TestReader replaying(TestHub hub) {
    hub.deliver("a");
    RecordingWire wire = new RecordingWire();
    wire.fill();
    return hub.joinOn(0, Optional.of("1"), wire, "a");
  }
}
