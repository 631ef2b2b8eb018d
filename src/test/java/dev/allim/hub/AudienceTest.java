package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.HistorySlice;
import dev.allim.hub.spi.StartAt;
import dev.allim.log.LogEngine;
import dev.allim.log.memory.MemoryLog;
import dev.allim.log.retention.Retention;
import dev.allim.log.sqlite.SqliteLog;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.EventId;
import dev.allim.topic.Audience;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is private is given to those with a grant and to nobody else, on every way out of the hub,
 * even if all that the log and the index propose is everything there is.
 */
class AudienceTest {
  private static final int RING = 8;
  private static final int BEFORE = 24;
  private static final int WORLDS = 40;
  private static final List<List<String>> TOPICS =
      List.of(
          List.of("a"), List.of("b/1"), List.of("b/2"), List.of("a", "b/1"), List.of("b/2", "c"));
  private static final List<String> MATCHERS = List.of("a", "b/1", "b/{x}", "c", "{+x}", "*");

  @TempDir Path directory;

  /** The engines there are. */
  private enum Engine {
    MEMORY {
      @Override
      LogEngine open(Path file) {
        return new MemoryLog();
      }
    },
    SQLITE {
      @Override
      LogEngine open(Path file) {
        return new SqliteLog(
            new SqliteSettings(file, Durability.MEMORY, Retention.unlimited(), 2),
            Clock.systemUTC());
      }
    };

    abstract LogEngine open(Path file);
  }

  /** What was published. */
  private record Published(String id, List<String> topics, boolean secret) {}

  /** One hub, and what is known of all that was published there. */
  private final class World implements AutoCloseable {
    private final Random random;
    private final LogEngine log;
    private final ManualLoop loop = new ManualLoop();
    private final NotificationHub hub;
    private final List<Published> all = new ArrayList<>();

    World(Engine engine, int seed) {
      random = new Random(seed);
      log = ProposingTooMuch.of(engine.open(directory.resolve(seed + ".db")));
      hub = TestHub.over(log, loop, RING);
      publish(BEFORE);
    }

    private void publish(int count) {
      for (int i = 0; i < count; i++) {
        List<String> topics = TOPICS.get(random.nextInt(TOPICS.size()));
        boolean secret = random.nextBoolean();
        int id = all.size() + 1;
        all.add(new Published(Integer.toString(id), topics, secret));
        String data = secret ? ProposingTooMuch.SECRET : "public";
        hub.publish(List.of(TestHub.notification(id, data, topics.toArray(String[]::new))))
            .toCompletableFuture()
            .join();
        loop.runAll();
      }
    }

    private Set<TopicMatcher> matchers(int most) {
      return Set.copyOf(
          random
              .ints(1 + random.nextInt(most), 0, MATCHERS.size())
              .mapToObj(i -> TopicMatcher.parse(MATCHERS.get(i)))
              .distinct()
              .toList());
    }

    private TopicFilter filter() {
      Audience audience =
          random.nextInt(3) == 0 ? new Audience.Public() : new Audience.Granted(matchers(2));
      return new TopicFilter(matchers(2), audience);
    }

    private TestReader open(TopicFilter filter, StartAt start) {
      TestReader reader = new TestReader(hub, loop, filter, start, new RecordingWire());
      loop.runAll();
      return reader;
    }

    /** The ids of all after the first {@code from} that this filter should be given. */
    private List<String> due(TopicFilter filter, int from) {
      return all.stream()
          .skip(from)
          .filter(one -> takesAny(filter.matchers(), one))
          .filter(one -> !one.secret() || isGranted(filter.audience(), one))
          .map(Published::id)
          .toList();
    }

    private boolean isGranted(Audience audience, Published one) {
      return audience instanceof Audience.Granted granted && takesAny(granted.grants(), one);
    }

    private boolean takesAny(Set<TopicMatcher> matchers, Published one) {
      return one.topics().stream()
          .map(dev.allim.topic.Topic::new)
          .anyMatch(topic -> matchers.stream().anyMatch(matcher -> matcher.matches(topic)));
    }

    @Override
    public void close() {
      hub.close();
      loop.runAll();
      log.close();
    }
  }

  private static List<String> ids(HistorySlice slice) {
    return slice.items().stream().map(past -> past.notification().id().value()).toList();
  }

  private static List<String> pages(NotificationHub hub, TopicFilter filter) {
    List<String> ids = new ArrayList<>();
    StartAt start = new StartAt.Earliest();
    for (boolean complete = false; !complete; ) {
      HistorySlice slice = hub.history().read(filter, start, 5, () -> {});
      ids.addAll(ids(slice));
      complete = slice.complete();
      start = slice.next().<StartAt>map(id -> new StartAt.After(new EventId(id))).orElse(start);
    }
    return ids;
  }

  @ParameterizedTest
  @EnumSource
  void nothingPrivateIsEverGivenWithoutAGrant(Engine engine) {
    for (int seed = 0; seed < WORLDS; seed++) {
      try (World world = new World(engine, seed)) {
        everyWayOut(world, world.filter());
      }
    }
  }

  private void everyWayOut(World world, TopicFilter filter) {
    int seen = BEFORE - world.random.nextInt(RING);
    TestReader live = world.open(filter, new StartAt.Now());
    TestReader stuck = world.open(filter, new StartAt.Now());
    TestReader fromLog = world.open(filter, new StartAt.Earliest());
    TestReader fromRing =
        world.open(filter, new StartAt.After(new EventId(Integer.toString(seen))));
    TestReader state = world.open(filter, new StartAt.Latest());
    TestReader newest = world.open(filter, new StartAt.Last(3));
    List<String> before = world.due(filter, 0);
    stuck.wire.fill();

    world.publish(2 * RING);
    stuck.drain();
    world.publish(RING);

    assertThat(live.ids()).as("live").isEqualTo(world.due(filter, BEFORE));
    assertThat(stuck.ids()).as("slow").isEqualTo(world.due(filter, BEFORE));
    assertThat(fromLog.ids()).as("log").isEqualTo(world.due(filter, 0));
    List<String> last = before.subList(Math.max(0, before.size() - 3), before.size());
    List<String> lastAndNew = new ArrayList<>(last);
    lastAndNew.addAll(world.due(filter, BEFORE));
    assertThat(newest.ids()).as("last").isEqualTo(lastAndNew);
    assertThat(fromRing.ids()).as("ring").isEqualTo(world.due(filter, seen));
    assertThat(world.due(filter, 0)).as("state").containsAll(state.ids());
    assertThat(pages(world.hub, filter)).as("pages").isEqualTo(world.due(filter, 0));
    assertThat(world.due(filter, 0))
        .as("state in a page")
        .containsAll(ids(world.hub.history().read(filter, new StartAt.Latest(), 100, () -> {})));
    List<String> all = new ArrayList<>(world.due(filter, 0));
    assertThat(ids(world.hub.history().read(filter, new StartAt.Last(4), 4, () -> {})))
        .as("last in a page")
        .isEqualTo(all.subList(Math.max(0, all.size() - 4), all.size()));
    Collections.reverse(all);
    assertThat(pagesBack(world.hub, filter)).as("pages back").isEqualTo(all);
  }

  private static List<String> pagesBack(NotificationHub hub, TopicFilter filter) {
    List<String> ids = new ArrayList<>();
    Optional<EventId> before = Optional.empty();
    do {
      HistorySlice slice = hub.history().readBack(filter, before, 5, () -> {});
      ids.addAll(ids(slice));
      before = slice.next().map(EventId::new);
    } while (before.isPresent());
    return ids;
  }

  /** So that the other test cannot pass because nothing is ever given. */
  @ParameterizedTest
  @EnumSource
  void whatIsGrantedIsGiven(Engine engine) {
    try (World world = new World(engine, 1)) {
      TopicFilter everything =
          TopicFilter.everything()
              .within(new Audience.Granted(Set.of(TopicMatcher.parse("{+any}"))));

      assertThat(world.open(everything, new StartAt.Earliest()).ids()).hasSize(BEFORE);
      assertThat(world.open(TopicFilter.everything(), new StartAt.Earliest()).ids())
          .hasSizeBetween(1, BEFORE - 1);
    }
  }

  /** Those who may see the same are one group; those who may not share nothing. */
  @ParameterizedTest
  @EnumSource
  void equalAudiencesGetTheSame(Engine engine) {
    try (World world = new World(engine, 2)) {
      TopicFilter filter = TopicFilter.everything();
      TopicFilter granted = filter.within(new Audience.Granted(Set.of(TopicMatcher.parse("a"))));
      List<TestReader> readers =
          Stream.of(filter, granted, granted, filter)
              .map(one -> world.open(one, new StartAt.Now()))
              .toList();
      world.publish(2 * RING);

      assertThat(readers.get(1).ids())
          .isEqualTo(readers.get(2).ids())
          .isEqualTo(world.due(granted, BEFORE));
      assertThat(readers.get(0).ids())
          .isEqualTo(readers.get(3).ids())
          .isEqualTo(world.due(filter, BEFORE));
    }
  }
}
