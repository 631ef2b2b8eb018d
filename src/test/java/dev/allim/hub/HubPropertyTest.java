package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.settings.SlowReaderPolicy;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.notification.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever is published, however the loops take turns, sockets fill and drain, and readers leave
 * and come back: each reader gets what it asked for, in order, once, and is told of every hole.
 */
class HubPropertyTest {
  private static final int LANES = 3;
  private static final String LARGE = "y".repeat(12_000);
  private static final String HUGE = "z".repeat(256 * 1024);
  private static final String[][] TOPICS = {
    {"a"}, {"b/1"}, {"b/2"}, {"c"}, {"a", "b/1"}, {"c", "b/2"}
  };
  private static final String[][] FILTERS = {
    {"a"}, {"b/{x}"}, {"*"}, {"a", "b/1"}, {"{+x}", "a"}, {"c"}
  };

  /** What may happen. */
  private enum Kind {
    PUBLISH,
    PUBLISH_LARGE,
    PUBLISH_HUGE,
    PUBLISH_MANY,
    RUN_ONE,
    RUN_ALL,
    JOIN,
    JOIN_FULL,
    COME_BACK,
    COME_BACK_FROM_NOWHERE,
    FILL,
    STICK,
    TRICKLE,
    DRAIN,
    BURST,
    LEAVE
  }

  private record Step(Kind kind, int first, int second) {}

  /** A reader and what is known of it. */
  private record Known(TestReader reader, int filter, int start, Optional<String> last) {}

  private static final class World {
    final TestHub hub;
    final List<Known> readers = new ArrayList<>();

    World(TestSettings settings) {
      hub = new TestHub(LANES, settings);
    }

    void take(Step step) {
      int lane = step.first() % LANES;
      String[] topics = TOPICS[step.first() % TOPICS.length];
      switch (step.kind()) {
        case PUBLISH -> hub.publish(topics);
        case PUBLISH_LARGE -> hub.publishData(LARGE, topics);
        case PUBLISH_HUGE -> hub.publishData(HUGE, topics);
        case PUBLISH_MANY -> hub.publishBatch(step.second() % 12 + 1, topics[0]);
        case RUN_ONE -> hub.loops.get(lane).runOne();
        case RUN_ALL -> hub.loops.get(lane).runAll();
        case JOIN -> join(lane, step.second() % FILTERS.length, new RecordingWire());
        case JOIN_FULL -> joinFull(lane, step.second() % FILTERS.length);
        case COME_BACK, COME_BACK_FROM_NOWHERE, FILL, STICK, TRICKLE, DRAIN, BURST, LEAVE -> {
          if (!readers.isEmpty()) {
            happenTo(readers.get(step.second() % readers.size()), lane, step.kind());
          }
        }
      }
    }

    private void happenTo(Known known, int lane, Kind kind) {
      TestReader reader = known.reader();
      switch (kind) {
        case COME_BACK -> comeBack(known, lane);
        case COME_BACK_FROM_NOWHERE -> comeBack(known.filter(), lane, 0, "nowhere");
        case FILL -> reader.wire.fill();
        case STICK -> reader.wire.stick();
        case TRICKLE -> reader.loop.on(reader.wire::trickle);
        case DRAIN -> reader.loop.on(reader.wire::drain);
        case BURST -> reader.wire.drainWithinWrites();
        case LEAVE -> reader.leave();
        default -> throw new AssertionError(kind);
      }
    }

    private void joinFull(int lane, int filter) {
      RecordingWire wire = new RecordingWire();
      wire.fill();
      join(lane, filter, wire);
    }

    private void join(int lane, int filter, RecordingWire wire) {
      TestReader reader = hub.joinOn(lane, Optional.empty(), wire, FILTERS[filter]);
      readers.add(new Known(reader, filter, hub.published(), Optional.empty()));
    }

    /** With the last id that its socket brought, on any lane; it may never have left the other. */
    private void comeBack(Known known, int lane) {
      String last = known.reader().wire.lastEventId();
      if (!last.isEmpty()) {
        comeBack(known.filter(), lane, position(last), last);
      }
    }

    /** Ids are numbers here, as positions are; all else is a place. */
    private int position(String id) {
      return (int) hub.log.places().open(new EventId(id)).orElseGet(() -> Integer.parseInt(id));
    }

    private void comeBack(int filter, int lane, int start, String last) {
      TestReader reader = hub.joinOn(lane, Optional.of(last), new RecordingWire(), FILTERS[filter]);
      readers.add(new Known(reader, filter, start, Optional.of(last)));
    }

    void comeToRest() {
      for (Known known : readers) {
        known.reader().loop.on(known.reader().wire::drain);
      }
      hub.run();
    }

    void check() {
      for (Known known : readers) {
        new OrderOracle(hub.log.everything(), known.reader(), known.start(), known.last()).check();
      }
      assertThat(hub.listener.closed)
          .isSubsetOf(DisconnectCause.CLIENT_LEFT, DisconnectCause.LAGGED)
          .hasSize((int) readers.stream().filter(known -> known.reader().isOver()).count());
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(5, Kind.PUBLISH),
            Tuple.of(2, Kind.PUBLISH_LARGE),
            Tuple.of(3, Kind.PUBLISH_MANY),
            Tuple.of(8, Kind.RUN_ONE),
            Tuple.of(3, Kind.RUN_ALL),
            Tuple.of(4, Kind.JOIN),
            Tuple.of(1, Kind.JOIN_FULL),
            Tuple.of(4, Kind.COME_BACK),
            Tuple.of(1, Kind.COME_BACK_FROM_NOWHERE),
            Tuple.of(3, Kind.FILL),
            Tuple.of(3, Kind.STICK),
            Tuple.of(2, Kind.TRICKLE),
            Tuple.of(4, Kind.DRAIN),
            Tuple.of(2, Kind.BURST),
            Tuple.of(1, Kind.PUBLISH_HUGE),
            Tuple.of(1, Kind.LEAVE));
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 59);
    return Combinators.combine(kinds, numbers, numbers).as(Step::new).list().ofMaxSize(80);
  }

  @Provide
  Arbitrary<TestSettings> settings() {
    Arbitrary<SlowReaderPolicy> policies =
        Arbitraries.of(SlowReaderPolicy.DISCONNECT, SlowReaderPolicy.SKIP);
    return Combinators.combine(
            policies, Arbitraries.of(2, 8, 100), Arbitraries.of(0, 5, 20, 10_000))
        .as((policy, ring, log) -> TestSettings.DEFAULT.with(policy).keeping(ring).logging(log));
  }

  @Property(tries = 500)
  void everyReaderGetsWhatItAskedForInOrderOnceOrIsTold(
      @ForAll("settings") TestSettings settings, @ForAll("steps") List<Step> steps) {
    World world = new World(settings);
    steps.forEach(world::take);
    world.comeToRest();

    world.check();

    world.hub.hub.close();
    world.hub.run();
    assertThat(world.hub.memory()).isZero();
  }
}
