package dev.allim.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.Visits;
import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.testing.HandClock;
import dev.allim.topic.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whoever comes and goes, and whenever: what is told is what a simple model says. */
class AttendancePropertyTest {
  private static final int CLIENTS = 3;
  private static final Duration GRACE = Duration.ofSeconds(10);

  private enum Kind {
    JOIN,
    LEAVE,
    PASS,
    TELL
  }

  private record Step(Kind kind, int client, int amount) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(Kind.values()),
            Arbitraries.integers().between(0, CLIENTS - 1),
            Arbitraries.integers().between(0, 7))
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }

  /** Of one client: streams that are open, and until when those that left may come back. */
  private static final class Model {
    int open;
    final List<Long> left = new ArrayList<>();
    int joins;
    int leaves;

    void join() {
      open++;
      if (left.isEmpty()) {
        joins++;
      } else {
        left.remove(0);
      }
    }

    void leave(long now) {
      open--;
      left.add(now + GRACE.toNanos());
    }

    void pass(long now) {
      int before = left.size();
      left.removeIf(until -> until <= now);
      leaves += before - left.size();
    }
  }

  private static final class World {
    final Attendance attendance;
    final boolean isForReaders;
    final Visits visits = new Visits(GRACE, new HandClock(), this::now, UUID::randomUUID);
    final Map<Integer, List<ActiveSubscription>> open = new HashMap<>();
    final Map<Integer, Model> models = new HashMap<>();

    /** Those that whoever believes what is told takes for present. */
    final Set<UUID> believed = new HashSet<>();

    final Map<String, Integer> joins = new HashMap<>();
    final Map<String, Integer> leaves = new HashMap<>();
    long now = -5;

    World() {
      this(false);
    }

    World(boolean isForReaders) {
      this.isForReaders = isForReaders;
      this.attendance =
          isForReaders ? Attendance.forReadersOfTheList(GRACE) : Attendance.within(GRACE);
      for (int client = 0; client < CLIENTS; client++) {
        open.put(client, new ArrayList<>());
        models.put(client, new Model());
      }
    }

    long now() {
      return now;
    }

    void step(Step step) {
      switch (step.kind()) {
        case JOIN -> join(step.client());
        case LEAVE -> leave(step.client(), step.amount());
        case PASS -> pass(step.amount());
        case TELL -> tell();
      }
    }

    private void join(int client) {
      ActiveSubscription one =
          visits.begin(TopicFilter.everything(), Optional.empty(), "client" + client);
      open.get(client).add(one);
      attendance.joined(one);
      models.get(client).join();
    }

    private void leave(int client, int which) {
      List<ActiveSubscription> streams = open.get(client);
      if (!streams.isEmpty()) {
        ActiveSubscription one = streams.remove(which % streams.size());
        attendance.left(one, now);
        visits.left(one);
        models.get(client).leave(now);
      }
    }

    private void pass(int seconds) {
      now += Duration.ofSeconds(seconds).toNanos();
      attendance.pass(now);
      visits.forget();
      models.values().forEach(model -> model.pass(now));
    }

    void tell() {
      for (Batch next = next(); !next.isEmpty(); next = next()) {
        for (ActiveSubscription one : next.joined()) {
          assertThat(believed.add(one.id()) || isForReaders).as("told to come twice").isTrue();
          joins.merge(one.address(), 1, Integer::sum);
        }
        for (ActiveSubscription one : next.left()) {
          assertThat(believed.remove(one.id()) || isForReaders)
              .as("told to leave, and not to come")
              .isTrue();
          leaves.merge(one.address(), 1, Integer::sum);
        }
      }
    }

    private Batch next() {
      return attendance.next(2, 1 << 16);
    }

    Set<UUID> present() {
      Set<UUID> present = new HashSet<>();
      open.values().forEach(streams -> streams.forEach(one -> present.add(one.id())));
      return present;
    }
  }

  @Property
  void whatIsToldAtOnceIsWhatTheModelSays(@ForAll("steps") List<Step> steps) {
    World world = new World();
    for (Step step : steps) {
      world.step(step);
      world.tell();
      assertThat(world.believed).containsAll(world.present());
      world.models.forEach(
          (client, model) -> {
            String name = "client" + client;
            assertThat(world.joins.getOrDefault(name, 0)).isEqualTo(model.joins);
            assertThat(world.leaves.getOrDefault(name, 0)).isEqualTo(model.leaves);
          });
    }
  }

  @Property
  void whateverIsToldLateWhoeverBelievesItIsRightInTheEnd(@ForAll("steps") List<Step> steps) {
    World world = new World();
    steps.forEach(world::step);
    world.tell();
    assertThat(world.believed).containsAll(world.present());

    world.step(new Step(Kind.PASS, 0, 10));
    world.tell();

    assertThat(world.believed).isEqualTo(world.present());
    world.models.forEach(
        (client, model) ->
            assertThat(world.joins.getOrDefault("client" + client, 0))
                .isLessThanOrEqualTo(model.joins));
  }

  /** Who is away for a moment is on no list, and is not told to leave. */
  @Property
  void whoeverReadsTheListAndBelievesWhatIsToldFromThenOnIsRightInTheEnd(
      @ForAll("steps") List<Step> before, @ForAll("steps") List<Step> after) {
    World world = new World(true);
    before.forEach(world::step);
    world.believed.clear();
    world.believed.addAll(world.present());

    after.forEach(world::step);
    world.step(new Step(Kind.PASS, 0, 10));
    world.tell();

    assertThat(world.believed).isEqualTo(world.present());
  }

  @Property
  void whoComesBackIsToldOfAgainAndWhoLeavesOnce(@ForAll("steps") List<Step> steps) {
    World world = new World(true);
    for (Step step : steps) {
      world.step(step);
      world.tell();
      world.models.forEach(
          (client, model) ->
              assertThat(world.leaves.getOrDefault("client" + client, 0)).isEqualTo(model.leaves));
    }
  }

  @Property
  void atTheEndWhoIsGoneIsToldToBe(@ForAll("steps") List<Step> steps) {
    World world = new World();
    steps.forEach(world::step);

    world.attendance.end();
    world.tell();

    assertThat(world.believed).isEqualTo(world.present());
  }
}
