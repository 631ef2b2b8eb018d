package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.hub.spi.StartAt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who listens now, over all lanes. */
class ActiveSubscriptionsTest {
  private final TestHub hub = new TestHub(3, TestSettings.DEFAULT);
  private final Map<UUID, TestReader> readers = new HashMap<>();

  private UUID join(int lane, String... topics) {
    UUID id = UUID.randomUUID();
    ActiveSubscription shown =
        new ActiveSubscription(
            id, HistoryHub.filter(topics), Instant.EPOCH, Optional.empty(), "10.0.0.1");
    readers.put(
        id,
        new TestReader(
            hub.hub,
            hub.loops.get(lane),
            shown.filter(),
            new StartAt.Now(),
            new RecordingWire(),
            request -> request.showing(shown)));
    return id;
  }

  private List<UUID> joinMany(int count) {
    return IntStream.range(0, count).mapToObj(i -> join(i % 3, "a")).toList();
  }

  private CompletableFuture<List<UUID>> ask(Optional<UUID> after, int most, String topic) {
    return hub.hub
        .subscriptions()
        .page(after, most, (one, costs) -> one.topics().contains(topic))
        .thenApply(page -> page.stream().map(ActiveSubscription::id).toList())
        .toCompletableFuture();
  }

  private List<UUID> page(Optional<UUID> after, int most, String topic) {
    CompletableFuture<List<UUID>> page = ask(after, most, topic);
    hub.run();
    return page.join();
  }

  private static List<UUID> sorted(List<UUID> ids) {
    return ids.stream().sorted(Comparator.comparing(UUID::toString)).toList();
  }

  @Test
  void theyAreFoundOnEveryLaneInTheOrderOfTheirIds() {
    List<UUID> ids = joinMany(10);
    join(0, "b");

    assertThat(page(Optional.empty(), 100, "a")).isEqualTo(sorted(ids));
  }

  @Test
  void pagesFollowEachOther() {
    List<UUID> ids = joinMany(250);
    List<UUID> found = new ArrayList<>();

    List<UUID> page = page(Optional.empty(), 100, "a");
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(100);
      found.addAll(page);
      page = page(Optional.of(page.get(page.size() - 1)), 100, "a");
    }

    assertThat(found).isEqualTo(sorted(ids));
  }

  @Test
  void whoHasLeftIsNotThere() {
    List<UUID> ids = joinMany(3);
    readers.get(ids.get(1)).leave();

    assertThat(page(Optional.empty(), 100, "a")).isEqualTo(sorted(List.of(ids.get(0), ids.get(2))));
  }

  @Test
  void nobodyIsToldOfWhoDoesNotShowItself() {
    hub.join("a");

    assertThat(page(Optional.empty(), 100, "a")).isEmpty();
  }

  /** A lane looks through a thousand in a round, between which others come and go. */
  @Test
  void whoIsThereAllTheWhileIsFoundHoweverManyComeAndGo() {
    List<UUID> stay = new ArrayList<>();
    List<UUID> go = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      (i % 2 == 0 ? stay : go).add(join(0, "a"));
    }
    hub.run();
    CompletableFuture<List<UUID>> page = ask(Optional.empty(), 10_000, "a");
    for (int i = 0; !page.isDone(); i++) {
      hub.loops.forEach(ManualLoop::runOne);
      for (int j = 0; j < 300 && !go.isEmpty(); j++) {
        readers.get(go.remove((i * 7 + j * 31) % go.size())).leave();
      }
      join(0, "a");
    }

    assertThat(page.join()).containsAll(stay).doesNotHaveDuplicates();
  }

  @Test
  void alongListIsNotReadInOneTurnOfTheLoop() {
    IntStream.range(0, 4000).forEach(i -> join(0, "a"));
    hub.run();

    CompletableFuture<List<UUID>> page = ask(Optional.empty(), 10, "a");
    hub.loops.get(1).runAll();
    hub.loops.get(2).runAll();
    hub.loops.get(0).runOne();
    assertThat(page).isNotDone();

    hub.run();
    assertThat(page).isDone();
  }

  @Test
  void whoeverWatchesHearsOfThoseThatAreThereComeAndLeave() {
    UUID before = join(0, "a");
    List<String> heard = new ArrayList<>();
    hub.hub
        .subscriptions()
        .watch(
            new ActiveSubscription.Watcher() {
              @Override
              public void joined(ActiveSubscription one) {
                heard.add("+" + one.id());
              }

              @Override
              public void left(ActiveSubscription one) {
                heard.add("-" + one.id());
              }
            });
    hub.run();
    UUID after = join(1, "b");
    readers.get(before).leave();
    readers.get(before).leave();
    hub.run();

    assertThat(heard).containsExactly("+" + before, "+" + after, "-" + before);
  }

  @Test
  void manyShareOneFilter() {
    join(0, "a");
    join(0, "a");
    CompletableFuture<List<ActiveSubscription>> page =
        hub.hub
            .subscriptions()
            .page(Optional.empty(), 10, (one, costs) -> true)
            .toCompletableFuture();
    hub.run();

    assertThat(page.join().get(0).filter()).isSameAs(page.join().get(1).filter());
  }
}
