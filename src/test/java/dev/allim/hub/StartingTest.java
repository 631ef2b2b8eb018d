package dev.allim.hub;

import static dev.allim.hub.HistoryHub.keyed;
import static dev.allim.hub.HistoryHub.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.settings.UnknownIdPolicy;
import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** Where readers begin that ask for the past, while publishing goes on. */
class StartingTest {
  private final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT.keeping(4));

  @Test
  void withTheEarliestComesAllThatIsKeptAndThenWhatIsNew() {
    hub.deliver("a", 1, 300);

    TestReader reader = hub.join(new StartAt.Earliest(), "a");

    hub.deliver("a", 301, 301);
    assertThat(reader.ids()).hasSize(301).startsWith("1", "2").endsWith("300", "301");
  }

  @Test
  void withTheLastComesThatManyAndThenWhatIsNew() {
    hub.deliver("a", 1, 300);
    hub.deliver("b", 301, 310);

    TestReader reader = hub.join(new StartAt.Last(3), "a");

    hub.deliver("a", 311, 312);
    assertThat(reader.ids()).containsExactly("298", "299", "300", "311", "312");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void withTheLastOfFewerComeAllAndOfNoneOnlyWhatIsNew() {
    hub.deliver("a", 1, 2);

    TestReader few = hub.join(new StartAt.Last(50), "a");
    TestReader none = hub.join(new StartAt.Last(50), "b");

    hub.deliver("a", 3, 3);
    hub.deliver("b", 4, 4);
    assertThat(few.ids()).containsExactly("1", "2", "3");
    assertThat(none.ids()).containsExactly("4");
  }

  /** What was published while the log was asked comes once, wherever the log stood then. */
  @Test
  void theLastAreThoseOfTheMomentInWhichTheLogIsAsked() {
    hub.deliver("a", 1, 5);
    TestReader reader = hub.open(new StartAt.Last(2), "a");
    hub.deliver("a", 6, 9);

    hub.run();

    hub.deliver("a", 10, 10);
    assertThat(reader.ids()).endsWith("8", "9", "10").doesNotHaveDuplicates();
  }

  @Test
  void nothingIsReadForWhoeverHasGoneMeanwhile() {
    hub.deliver("a", 1, 300);
    hub.join(new StartAt.Now(), "b");
    int before = hub.log.asked();
    TestReader reader = hub.open(new StartAt.Earliest(), "a");
    reader.leave();

    hub.run();

    assertThat(hub.log.asked()).isEqualTo(before);
  }

  @Test
  void sinceAMomentComesWhatWasPublishedThenAndLater() {
    hub.deliver(note("before", "a"));
    hub.clock.advance(Duration.ofMinutes(1));
    hub.deliver(note("then", "a"));
    hub.clock.advance(Duration.ofMinutes(1));
    hub.deliver(note("later", "a"), note("other", "b"));

    TestReader reader =
        hub.join(new StartAt.Since(HandClock.START.plus(Duration.ofMinutes(1))), "a");

    hub.deliver(note("new", "a"));
    assertThat(reader.ids()).containsExactly("then", "later", "new");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void withTheLatestComesTheStateOfEachTopicAndKeyAndThenEveryChange() {
    hub.deliver(keyed("k", "1", "a"), note("2", "a"), keyed("k", "3", "a"), keyed("j", "4", "a"));
    hub.deliver(note("5", "b"), note("6", "b"), keyed("k", "7", "b"), note("8", "c"));

    TestReader reader = hub.join(new StartAt.Latest(), "a", "b");

    hub.deliver(keyed("k", "9", "a"), keyed("k", "10", "a"));
    assertThat(reader.ids()).containsExactly("2", "3", "4", "6", "7", "9", "10");
  }

  /** It is that of when the log is asked, which may be ahead of the lane by then. */
  @Test
  void theLatestIsTheStateOfOneMomentHoweverLongTheLogTakes() {
    hub.deliver(keyed("k", "1", "a"), keyed("j", "2", "a"));
    TestReader reader = hub.open(new StartAt.Latest(), "a");

    hub.publish(keyed("k", "3", "a"));
    hub.writer.runAll();
    hub.readers.runAll();
    hub.publish(keyed("k", "4", "a"));

    hub.run();
    assertThat(reader.ids()).containsExactly("2", "3", "4");
  }

  /** Many pages of the log, between which the socket is full and the state goes on. */
  @Test
  void aLargeStateComesInPartsAndThenEveryChange() {
    for (int i = 0; i < 700; i++) {
      hub.deliver(keyed("k" + i % 350, Integer.toString(i), "a"));
    }
    TestReader reader = hub.open(new StartAt.Latest(), "a");
    for (int i = 0; i < 2; i++) {
      hub.readers.runOne();
      hub.lane.runAll();
    }
    reader.wire.fill();
    assertThat(reader.ids()).isNotEmpty().hasSizeLessThan(350);
    hub.deliver(keyed("k349", "700", "a"), keyed("k0", "701", "a"));

    hub.drain(reader);

    assertThat(reader.ids())
        .isEqualTo(IntStream.rangeClosed(350, 701).mapToObj(Integer::toString).toList());
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void whoHasAPartOfTheStateGetsTheRestAndThenEveryChange() {
    hub.deliver(keyed("k", "1", "a"), keyed("j", "2", "a"), keyed("i", "3", "a"));
    hub.deliver(keyed("j", "4", "a"));

    TestReader reader = hub.join(new StartAt.Latest(Optional.of(new EventId("1"))), "a");

    hub.deliver(keyed("j", "5", "a"));
    assertThat(reader.ids()).containsExactly("3", "4", "5");
  }

  @Test
  void livePastAnUnknownIdMissesNothingThatIsPublishedWhileTheLogIsAsked() {
    HistoryHub live = new HistoryHub(TestSettings.DEFAULT.with(UnknownIdPolicy.LIVE));
    live.deliver("a", 1, 3);
    TestReader reader = live.open(new StartAt.After(new EventId("unknown")), "a");

    live.deliver("a", 4, 5);

    assertThat(reader.events().get(0).type()).isEqualTo("gap");
    assertThat(reader.ids()).containsExactly("4", "5");
  }

  @Test
  void theEarliestPastAnUnknownIdIsAllThatIsKept() {
    hub.deliver("a", 1, 30);
    TestReader reader = hub.open(new StartAt.After(new EventId("unknown")), "a");

    hub.deliver("a", 31, 32);

    assertThat(reader.gaps())
        .containsExactly("{\"asked\":\"unknown\",\"resumesAt\":\"1\",\"missed\":null}");
    assertThat(reader.ids()).hasSize(32).startsWith("1").endsWith("32");
  }

  // ---- any order of things

  private enum Step {
    PUBLISH,
    WRITE,
    TURN,
    READ,
    EARLIEST,
    SINCE,
    LATEST
  }

  /** With {@code state}, the one of that number is what it begins with. */
  private record Expected(TestReader reader, OptionalInt state) {}

  private static final class World {
    final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT.keeping(3));
    final List<Notification> published = new ArrayList<>();
    final List<Expected> readers = new ArrayList<>();
    private int states;

    void take(Step step) {
      switch (step) {
        case PUBLISH -> publish();
        case WRITE -> hub.writer.runOne();
        case TURN -> hub.lane.runOne();
        case READ -> hub.readers.runOne();
        case EARLIEST -> join(new StartAt.Earliest(), OptionalInt.empty());
        case SINCE -> join(new StartAt.Since(Instant.EPOCH), OptionalInt.empty());
        case LATEST -> join(new StartAt.Latest(), OptionalInt.of(states++));
      }
    }

    private void publish() {
      int number = published.size();
      Notification next = keyed("k" + number % 3, Integer.toString(number), "a");
      published.add(next);
      hub.publish(next);
    }

    private void join(StartAt start, OptionalInt state) {
      readers.add(new Expected(hub.open(start, "a"), state));
    }

    private static List<String> state(List<Notification> prefix) {
      Map<Object, Integer> newest = new LinkedHashMap<>();
      for (int i = 0; i < prefix.size(); i++) {
        newest.put(prefix.get(i).key().orElseThrow(), i);
      }
      return new TreeSet<>(newest.values()).stream().map(String::valueOf).toList();
    }

    void check(Expected expected) {
      int moment =
          expected.state().isPresent()
              ? hub.log.moments.get(expected.state().getAsInt()).intValue()
              : 0;
      Stream<String> rest =
          published.subList(moment, published.size()).stream().map(n -> n.id().value());
      assertThat(expected.reader().ids())
          .isEqualTo(Stream.concat(state(published.subList(0, moment)).stream(), rest).toList());
      assertThat(expected.reader().gaps()).isEmpty();
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Arbitraries.frequency(
            Tuple.of(6, Step.PUBLISH),
            Tuple.of(5, Step.WRITE),
            Tuple.of(5, Step.TURN),
            Tuple.of(4, Step.READ),
            Tuple.of(1, Step.EARLIEST),
            Tuple.of(1, Step.SINCE),
            Tuple.of(2, Step.LATEST))
        .list()
        .ofMaxSize(100);
  }

  @Property(tries = 300)
  void nothingIsMissedAndNothingComesTwiceInWhateverOrderThingsHappen(
      @ForAll("steps") List<Step> steps) {
    World world = new World();

    steps.forEach(world::take);

    world.hub.run();
    world.readers.forEach(world::check);
  }
}
