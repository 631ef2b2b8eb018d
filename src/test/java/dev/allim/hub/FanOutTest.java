package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.ReceivedEvent;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is published reaches whom it concerns, in order, once, and cheaply. */
class FanOutTest {
  private final TestHub hub = TestHub.withOneLane();

  private static List<String> ids(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void reachesThoseWhoAskForItAndNobodyElse() {
    TestReader exact = hub.join("orders/1");
    TestReader template = hub.join("orders/{id}");
    TestReader everything = hub.join("*");
    TestReader other = hub.join("orders/2", "users/{id}");

    hub.deliver("orders/1");

    assertThat(List.of(exact.ids(), template.ids(), everything.ids()))
        .allSatisfy(ids -> assertThat(ids).containsExactly("1"));
    assertThat(other.wire.writes).isEqualTo(1);
  }

  @Test
  void reachesEveryLane() {
    TestHub wide = new TestHub(3, TestSettings.DEFAULT);
    List<TestReader> readers = IntStream.range(0, 3).mapToObj(i -> wide.joinOn(i, "a")).toList();

    wide.deliver("a");

    assertThat(readers).allSatisfy(reader -> assertThat(reader.ids()).containsExactly("1"));
    assertThat(wide.listener.published).isEqualTo(1);
  }

  @Test
  void keepsTheOrderAcrossTopics() {
    TestReader reader = hub.join("a", "b/{x}", "c");
    for (int i = 0; i < 5; i++) {
      hub.publish("c");
      hub.publish("b/1");
      hub.publish("a");
    }

    hub.run();

    assertThat(reader.ids()).isEqualTo(ids(1, 15));
  }

  @Test
  void sendsOneCopyHoweverManyMatchersTakeIt() {
    TestReader reader = hub.join("a", "{x}", "{+y}", "b");

    hub.publish("a", "b", "c");
    hub.publish("b", "a");
    hub.run();

    assertThat(reader.ids()).containsExactly("1", "2");
  }

  @Test
  void sendsOnceATurnHoweverMuchItBrings() {
    TestReader first = hub.join("a");
    TestReader second = hub.join("a");
    TestReader other = hub.join("a", "b");
    hub.publishMany(100, "a");

    hub.run();

    for (TestReader reader : List.of(first, second, other)) {
      assertThat(reader.wire.writes).isEqualTo(2);
      assertThat(reader.ids()).isEqualTo(ids(1, 100));
    }
  }

  @Test
  void wakesALoopOnceForAllThatComesInMeanwhile() {
    hub.publishMany(10, "a");

    assertThat(hub.loops.get(0).waiting()).isEqualTo(1);
  }

  @Test
  void takesAboutAThousandATurnSoThatTheLoopCanDoOtherThings() {
    TestReader reader = hub.join("a");
    hub.publishMany(3000, "a");

    hub.loops.get(0).runOne();

    assertThat(reader.ids()).isEqualTo(ids(1, 1024));
    hub.run();
    assertThat(reader.ids()).isEqualTo(ids(1, 3000));
  }

  @Test
  void joinsUpToTheSizeThatASlowConnectionIsNoticedAt() {
    TestReader reader = hub.join("a");
    for (int i = 0; i < 10; i++) {
      hub.publishData("x".repeat(10_000), "a");
    }

    hub.run();

    assertThat(reader.ids()).isEqualTo(ids(1, 10));
    assertThat(reader.wire.writes).isEqualTo(1 + 4);
  }

  @Test
  void writesWhatIsLargerThanThatAlone() {
    TestReader reader = hub.join("a");
    hub.publish("a");
    hub.publishData("y".repeat(100_000), "a");
    hub.publish("a");

    hub.run();

    assertThat(reader.events())
        .extracting(ReceivedEvent::data)
        .containsExactly("x", "y".repeat(100_000), "x");
    assertThat(reader.wire.writes).isEqualTo(1 + 3);
  }

  @Test
  void countsWhatItDelivers() {
    hub.join("a");
    hub.join("a");

    hub.publishMany(3, "a");
    hub.publish("b");
    hub.run();

    assertThat(hub.listener.delivered).isEqualTo(6);
    assertThat(hub.listener.deliveredBytes).isEqualTo(2 * 3 * "id: 1\ndata: x\n\n".length());
    assertThat(hub.listener.published).isEqualTo(4);
  }

  @Test
  void endsTheStreamOfAWireThatThrowsAndNoOther() {
    TestReader first = hub.join("a");
    TestReader faulty = hub.join("a");
    TestReader last = hub.join("a");
    faulty.wire.breakDown();

    hub.publish("a");
    hub.run();
    hub.deliver("a");

    assertThat(first.ids()).containsExactly("1", "2");
    assertThat(last.ids()).containsExactly("1", "2");
    assertThat(faulty.closed).isEqualTo(1);
    assertThat(faulty.wire.aborted).isTrue();
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.ERROR);
  }

  /** As when one connection that carries several streams breaks. */
  @Test
  void doublesNothingWhenAWriteMakesOthersLeave() {
    TestReader[] readers = new TestReader[6];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = hub.join("a");
    }
    readers[4].wire.beforeWrite(
        () -> {
          readers[0].leave();
          readers[1].leave();
          readers[5].leave();
        });

    hub.deliver("a");
    hub.deliver("a");

    assertThat(readers[2].ids()).containsExactly("1", "2");
    assertThat(readers[3].ids()).containsExactly("1", "2");
    assertThat(readers[4].ids()).containsExactly("1", "2");
    assertThat(hub.listener.closed).containsOnly(DisconnectCause.CLIENT_LEFT).hasSize(3);
  }
}
