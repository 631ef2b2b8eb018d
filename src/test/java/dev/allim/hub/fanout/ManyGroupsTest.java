package dev.allim.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.TestHub;
import dev.allim.hub.TestReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Readers who ask for different things, or may see different things, get what they all get with
 * about as few writes as if they were of one kind.
 */
class ManyGroupsTest {
  private static final int READERS = 1200;
  private static final int EVENTS = 100;

  /** Publishers who wait until fewer than two events are not with everybody. */
  private static long writesTo(int groups) {
    TestHub hub = TestHub.withOneLane();
    List<TestReader> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(hub.join("a", "of-group/" + i % groups));
    }
    int published = 0;
    while (hub.listener.delivered < (long) EVENTS * READERS) {
      long underWay = (long) published * READERS - hub.listener.delivered;
      if (published < EVENTS && underWay < 2L * READERS) {
        hub.publish("a");
        published++;
      } else {
        hub.loops.get(0).runOne();
      }
    }
    assertThat(readers).allSatisfy(reader -> assertThat(reader.ids()).hasSize(EVENTS));
    return readers.stream().mapToLong(reader -> reader.wire.writes).sum();
  }

  @ParameterizedTest
  @CsvSource({"5", "12", "16", "24", "100", "1200"})
  void needsHardlyMoreWritesThanForOneGroup(int groups) {
    assertThat(writesTo(groups)).isLessThan(writesTo(1) * 11 / 10);
  }
}
