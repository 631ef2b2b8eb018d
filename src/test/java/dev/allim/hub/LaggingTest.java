package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.settings.SlowReaderPolicy;
import dev.allim.hub.spi.DisconnectCause;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Readers that are slower than what is published. */
class LaggingTest {
  static TestHub keeping(int frames, SlowReaderPolicy policy) {
    return new TestHub(1, TestSettings.DEFAULT.keeping(frames).with(policy));
  }

  static List<String> ids(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  /** A reader whose socket got full with event 1. */
  static TestReader lagging(TestHub hub) {
    TestReader reader = hub.join("a");
    reader.wire.fill();
    hub.deliver("a");
    return reader;
  }

  @Test
  void readsOnWhereTheSocketGotFull() {
    TestHub hub = TestHub.withOneLane();
    TestReader reader = lagging(hub);
    hub.deliver("a");
    hub.deliver("a");

    reader.drain();

    assertThat(reader.ids()).containsExactly("1", "2", "3");
    hub.deliver("a");
    assertThat(reader.ids()).containsExactly("1", "2", "3", "4");
    assertThat(hub.listener.lagging).isEqualTo(1);
  }

  @Test
  void queuesNothingForAFullSocket() {
    TestHub hub = TestHub.withOneLane();
    TestReader reader = lagging(hub);
    long waiting = reader.wire.pending();

    hub.publishMany(500, "a");
    hub.run();

    assertThat(reader.wire.pending()).isEqualTo(waiting);
    assertThat(reader.wire.writes).isEqualTo(2);
  }

  @Test
  void costsTheOthersNothing() {
    TestHub hub = TestHub.withOneLane();
    TestReader slow = hub.join("a");
    TestReader fast = hub.join("a");
    slow.wire.fill();

    hub.publishMany(3, "a");
    hub.run();
    hub.deliver("a");

    assertThat(fast.ids()).containsExactly("1", "2", "3", "4");
    assertThat(slow.ids()).isEmpty();
  }

  @Test
  void lagsAndCatchesUpAgainAndAgain() {
    TestHub hub = keeping(4, SlowReaderPolicy.DISCONNECT);
    TestReader reader = hub.join("a");
    for (int i = 0; i < 20; i++) {
      reader.wire.fill();
      hub.deliver("a");
      hub.deliver("b");
      hub.deliver("a");
      reader.drain();
    }

    assertThat(reader.ids()).hasSize(40).doesNotHaveDuplicates();
    assertThat(hub.listener.lagging).isEqualTo(20);
  }

  @Test
  void deliversATurnThatIsLargerThanTheRingToThoseWhoKeepUp() {
    TestHub hub = keeping(4, SlowReaderPolicy.DISCONNECT);
    TestReader reader = hub.join("a");
    TestReader other = hub.join("*");
    hub.publishMany(50, "a");

    hub.run();

    assertThat(reader.ids()).isEqualTo(ids(1, 50));
    assertThat(other.ids()).isEqualTo(ids(1, 50));
  }

  @Test
  void letsTheLoopDoOtherThingsWhileItCatchesUp() {
    TestHub hub = TestHub.withOneLane();
    TestReader reader = lagging(hub);
    for (int i = 0; i < 60; i++) {
      hub.publishData("x".repeat(10_000), "a");
    }
    hub.run();

    reader.loop.on(reader.wire::drain);
    reader.loop.runOne();

    assertThat(reader.ids()).hasSizeBetween(20, 40);
    assertThat(hub.loops.get(0).waiting()).isEqualTo(1);
    hub.run();
    assertThat(reader.ids()).isEqualTo(ids(1, 61));
  }

  /**
   * A flush within a write tells of the room that it makes; the next step waits for the next turn.
   */
  @Test
  void getsNothingTwiceWhenTheSocketGetsRoomInTheMiddleOfAWrite() {
    TestHub hub = TestHub.withOneLane();
    TestReader reader = lagging(hub);
    for (int i = 0; i < 20; i++) {
      hub.publishData("x".repeat(20_000), "a");
    }
    hub.run();
    reader.wire.drainWithinWrites();

    reader.drain();

    assertThat(reader.ids()).isEqualTo(ids(1, 21));
  }

  @Test
  void readsOnInsideATurnWithoutDoublingAnything() {
    TestHub hub = TestHub.withOneLane();
    TestReader slow = lagging(hub);
    TestReader other = hub.join("a");
    other.wire.beforeWrite(slow.wire::drain);
    hub.publishMany(3, "a");

    hub.run();

    hub.deliver("a");
    assertThat(slow.ids()).isEqualTo(ids(1, 5));
  }

  @Test
  void endsAloneWhenItsWireThrowsWhileItCatchesUp() {
    TestHub hub = TestHub.withOneLane();
    TestReader reader = lagging(hub);
    TestReader other = hub.join("a");
    hub.deliver("a");
    reader.wire.breakDown();

    reader.drain();

    hub.deliver("a");
    assertThat(other.ids()).containsExactly("2", "3");
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.ERROR);
  }
}
