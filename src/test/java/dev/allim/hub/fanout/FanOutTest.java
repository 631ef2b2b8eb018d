package dev.allim.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.TestHub;
import dev.allim.hub.TestReader;
import dev.allim.hub.TestSettings;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.testing.ReceivedEvent;
import java.util.ArrayList;
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

  private void joinMany(int readers, List<TestReader> into, String topic) {
    for (int i = 0; i < readers; i++) {
      into.add(hub.join(topic));
    }
  }

  @Test
  void looksAtConnectionsBeforeALargeAudienceHasEverything() {
    List<TestReader> readers = new ArrayList<>();
    joinMany(1000, readers, "a");
    hub.publish("a");
    List<Long> served = new ArrayList<>();

    hub.loops.get(0).execute(() -> served.add(count(readers)));
    hub.run();

    assertThat(served.get(0)).isBetween(1L, 200L);
    assertThat(count(readers)).isEqualTo(1000);
  }

  private static long count(List<TestReader> readers) {
    return readers.stream().filter(reader -> !reader.ids().isEmpty()).count();
  }

  @Test
  void writesWhatComesMeanwhileTogetherWithWhatIsOnItsWay() {
    List<TestReader> readers = new ArrayList<>();
    joinMany(1000, readers, "a");
    hub.publish("a");
    hub.loops.get(0).runOne();
    long served = count(readers);
    hub.publish("a");

    hub.run();

    assertThat(readers).allSatisfy(reader -> assertThat(reader.ids()).containsExactly("1", "2"));
    int writes = readers.stream().mapToInt(reader -> reader.wire.writes - 1).sum();
    assertThat(writes).isEqualTo((int) (1000 + served));
  }

  @Test
  void makesNobodyWaitForALargerAudience() {
    List<TestReader> many = new ArrayList<>();
    joinMany(1000, many, "a");
    TestReader one = hub.join("b");
    hub.publish("a");
    hub.publish("b");

    hub.loops.get(0).runOne();
    hub.loops.get(0).runOne();

    assertThat(one.ids()).containsExactly("2");
    assertThat(count(many)).isLessThan(500);
  }

  @Test
  void letsNewcomersInBetween() {
    List<TestReader> readers = new ArrayList<>();
    joinMany(300, readers, "a");
    hub.publish("a");
    hub.loops.get(0).runOne();
    TestReader late = hub.join("a");
    hub.publish("a");

    hub.run();

    assertThat(late.ids()).containsExactly("2");
    assertThat(readers).allSatisfy(reader -> assertThat(reader.ids()).containsExactly("1", "2"));
  }

  @Test
  void leavesOutWhoeverGoesInBetween() {
    List<TestReader> readers = new ArrayList<>();
    joinMany(300, readers, "a");
    hub.publish("a");
    hub.loops.get(0).runOne();
    List<TestReader> gone = readers.subList(50, 150);
    gone.forEach(TestReader::leave);
    hub.deliver("a");

    assertThat(hub.listener.closed).hasSize(100);
    assertThat(readers.subList(0, 50))
        .allSatisfy(r -> assertThat(r.ids()).containsExactly("1", "2"));
    assertThat(readers.subList(150, 300))
        .allSatisfy(r -> assertThat(r.ids()).containsExactly("1", "2"));
    assertThat(gone).allSatisfy(reader -> assertThat(reader.ids().size()).isLessThan(2));
  }

  /** Those that lag on the way read on from where they were, and lose nothing. */
  @Test
  void takesUpWhoeverLagsInBetween() {
    List<TestReader> readers = new ArrayList<>();
    joinMany(300, readers, "a");
    readers.forEach(reader -> reader.wire.fill());
    hub.publish("a");
    hub.loops.get(0).runOne();
    hub.publish("a");
    hub.loops.get(0).runOne();
    readers.subList(0, 200).forEach(TestReader::drain);
    hub.publish("a");
    readers.subList(200, 300).forEach(TestReader::drain);

    hub.run();

    assertThat(readers)
        .allSatisfy(reader -> assertThat(reader.ids()).containsExactly("1", "2", "3"));
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
