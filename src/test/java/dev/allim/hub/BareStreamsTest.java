package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.settings.SlowReaderPolicy;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import org.junit.jupiter.api.Test;

/** A bare stream has nothing of the hub's own in it. */
class BareStreamsTest {
  private static final int RING = 4;
  private final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT.keeping(RING));

  private TestReader bare(StartAt start) {
    TestReader reader =
        new TestReader(
            hub.hub,
            hub.lane,
            HistoryHub.filter("a"),
            start,
            new RecordingWire(),
            request -> request.in(Dialect.BARE));
    hub.run();
    return reader;
  }

  @Test
  void itsReaderIsNotToldWhereItStands() {
    TestReader reader = bare(new StartAt.Now());

    assertThat(reader.wire.lastEventId()).isEmpty();
    assertThat(reader.wire.retry()).isPositive();
    hub.deliver("a", 1, 1);
    assertThat(reader.wire.lastEventId()).isEqualTo("1");
    assertThat(reader.ids()).containsExactly("1");
  }

  @Test
  void norWhenMuchHasPassedThatDoesNotConcernIt() {
    TestReader reader = bare(new StartAt.Now());
    hub.deliver("b", 1, 10 * RING);

    hub.pass(TestSettings.HEARTBEAT.plusSeconds(1));
    hub.tick();

    assertThat(reader.wire.lastEventId()).isEmpty();
  }

  @Test
  void whoNamesAnIdThatIsNotKnownIsToldOfNoGap() {
    hub.deliver("a", 1, 2);
    TestReader reader = bare(new StartAt.After(new EventId("unknown")));

    assertThat(reader.ids()).containsExactly("1", "2");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void whoFallsBehindWhatIsKeptIsEndedToBeToldWhenItComesBack() {
    TestHub small = LaggingTest.keeping(RING, SlowReaderPolicy.SKIP);
    TestReader reader =
        new TestReader(
            small.hub,
            small.loops.get(0),
            HistoryHub.filter("a"),
            new StartAt.Now(),
            new RecordingWire(),
            request -> request.in(Dialect.BARE));
    small.run();
    reader.wire.fill();
    small.deliver("a");
    small.publishMany(10 * RING, "a");
    small.run();

    reader.drain();
    small.run();

    assertThat(reader.isOver()).isTrue();
    assertThat(reader.gaps()).isEmpty();
  }
}
