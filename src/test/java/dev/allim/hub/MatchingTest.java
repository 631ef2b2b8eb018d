package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Finding out whom a notification concerns never keeps the others waiting, however dear it is. */
class MatchingTest {
  private static final int TOPICS = 60;
  private static final String LONG = "ab".repeat(490);
  private final TestHub hub = TestHub.withOneLane();

  private static String[] dearTemplates(int reader) {
    return IntStream.range(0, 20)
        .mapToObj(i -> "{+a}a{+b}b{+c}a{+d}b{+e}%d/%d{+f}".formatted(reader, i))
        .toArray(String[]::new);
  }

  private List<TestReader> joinDear(int readers) {
    List<TestReader> joined = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      joined.add(hub.join(dearTemplates(i)));
    }
    return joined;
  }

  private static List<String> ids(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
  }

  @Test
  void othersGetTheirsWhileTheDearOnesAreStillLookedAt() {
    TestReader concerned = hub.join("{+a}a{+b}b{+c}", "{+a}b{+b}b{+c}b");
    joinDear(20);
    TestReader template = hub.join("honest/{x}");
    TestReader exact = hub.join("honest/1");
    for (int i = 0; i < TOPICS; i++) {
      hub.publish("t" + i + LONG);
    }
    hub.publish("honest/1");

    for (int turn = 0; turn < 4; turn++) {
      hub.loops.get(0).runOne();
    }

    assertThat(exact.ids()).containsExactly(Integer.toString(TOPICS + 1));
    assertThat(template.ids().size() + exact.ids().size()).isPositive();
    assertThat(hub.loops.get(0).waiting()).as("the rest is for later turns").isPositive();
    hub.run();
    assertThat(template.ids()).containsExactly(Integer.toString(TOPICS + 1));
    assertThat(concerned.ids()).isEqualTo(ids(TOPICS));
  }

  @Test
  void whoeverIsLookedAtLaterGetsAllOnceAndInOrder() {
    List<TestReader> readers = new ArrayList<>(joinDear(20));
    for (int i = 0; i < 20; i++) {
      readers.set(i, hub.join("{+a}a{+b}b{+c}b/" + i, "{+x}b{+y}/" + i));
    }
    joinDear(20);
    for (int i = 0; i < 5 * TOPICS; i++) {
      hub.publish("t" + i + LONG + "/" + i % 20);
      if (i % 7 == 0) {
        hub.loops.get(0).runOne();
      }
    }

    hub.run();

    for (int i = 0; i < 20; i++) {
      int reader = i;
      assertThat(readers.get(i).ids())
          .isEqualTo(
              IntStream.range(0, 5 * TOPICS)
                  .filter(n -> n % 20 == reader)
                  .mapToObj(n -> Integer.toString(n + 1))
                  .toList());
    }
  }

  /** A replay out of the ring is bounded like the rest. */
  @Test
  void readingOnIsBoundedToo() {
    TestReader honest = hub.join("honest");
    for (int i = 0; i < 10 * TOPICS; i++) {
      hub.deliver("t" + i + LONG);
    }
    for (int i = 0; i < 20; i++) {
      hub.joinOn(0, java.util.Optional.of("1"), new RecordingWire(), dearTemplates(i));
    }
    hub.publish("honest");

    for (int turn = 0; turn < 30 && honest.ids().isEmpty(); turn++) {
      hub.loops.get(0).runOne();
    }

    assertThat(honest.ids()).hasSize(1);
    assertThat(hub.loops.get(0).waiting()).as("the replays go on later").isPositive();
  }
}
