package dev.allim.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.RecordingWire;
import dev.allim.hub.TestHub;
import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.hub.spi.StartAt;
import dev.allim.hub.spi.SubscribeRequest;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.SharedRoster;
import dev.allim.topic.TopicFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one node tells the others. */
class TellingNodesTest {
  private final TestHub hub = TestHub.withOneLane();
  private final Kept kept = new Kept();
  private final List<String> said = new ArrayList<>();
  private final ActiveSubscription.Watcher heard =
      new ActiveSubscription.Watcher() {
        @Override
        public void joined(ActiveSubscription one) {
          said.add("joined " + kept.entries.containsKey(one.id().toString()));
        }

        @Override
        public void left(ActiveSubscription one) {
          said.add("left " + !kept.entries.containsKey(one.id().toString()));
        }
      };
  private final TellingNodes telling =
      new TellingNodes(
          kept, "self", this::page, one -> "at " + one.address(), Runnable::run, List.of(heard));

  /** Keeps what it is told, forgets it, or cannot be reached, when the test says so. */
  private static final class Kept implements SharedRoster {
    final TreeMap<String, String> entries = new TreeMap<>();
    boolean isAway;
    boolean hasForgotten;
    int calls;

    @Override
    public boolean tell(String node, Collection<String> gone, Collection<Entry> here) {
      calls++;
      if (isAway) {
        throw new LogUnavailableException("expected by this test");
      }
      if (hasForgotten) {
        hasForgotten = false;
        entries.clear();
        return false;
      }
      gone.forEach(entries::remove);
      here.forEach(entry -> entries.put(entry.id(), entry.text()));
      return true;
    }

    @Override
    public void forget(String node) {
      if (isAway) {
        throw new LogUnavailableException("expected by this test");
      }
      entries.clear();
    }

    @Override
    public List<Entry> others(String node, String after, int most) {
      return List.of();
    }
  }

  private List<ActiveSubscription> page(Optional<UUID> after, int most) {
    CompletableFuture<List<ActiveSubscription>> page =
        hub.hub.subscriptions().page(after, most, (one, costs) -> true).toCompletableFuture();
    hub.run();
    return page.join();
  }

  @BeforeEach
  void watch() {
    hub.hub.subscriptions().watch(telling);
    hub.run();
  }

  private record Stream(UUID id, Runnable leave) {}

  private Stream join() {
    UUID id = UUID.randomUUID();
    ActiveSubscription shown =
        new ActiveSubscription(
            id, TopicFilter.everything(), Instant.EPOCH, Optional.empty(), "10.0.0.1");
    SubscribeRequest request =
        SubscribeRequest.of(shown.filter(), new StartAt.Now(), new RecordingWire(), () -> {})
            .showing(shown);
    Runnable[] leave = new Runnable[1];
    hub.loops.get(0).execute(() -> leave[0] = hub.hub.subscribe(request)::leave);
    hub.run();
    return new Stream(id, () -> hub.loops.get(0).execute(leave[0]));
  }

  @Test
  void whatHasChangedIsToldOnceASecondInOneCall() {
    Stream one = join();
    Stream two = join();
    two.leave().run();
    hub.run();
    assertThat(kept.entries).isEmpty();

    telling.tick();

    assertThat(kept.entries).containsOnlyKeys(one.id().toString()).containsValue("at 10.0.0.1");
    assertThat(kept.calls).isOne();
  }

  @Test
  void whatWasLostIsToldAnew() {
    List<String> ids = List.of(join().id().toString(), join().id().toString());
    telling.tick();
    kept.hasForgotten = true;
    telling.tick();
    assertThat(kept.entries).isEmpty();

    telling.tick();

    assertThat(kept.entries.keySet()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void whatCouldNotBeToldIsToldLater() {
    kept.isAway = true;
    Stream one = join();
    Stream two = join();
    telling.tick();
    two.leave().run();
    hub.run();
    telling.tick();
    kept.isAway = false;

    telling.tick();

    assertThat(kept.entries).containsOnlyKeys(one.id().toString());
  }

  @Test
  void whatIsPublishedOfItIsOnEveryListByThen() {
    Stream one = join();
    Stream two = join();
    assertThat(said).isEmpty();
    telling.tick();
    assertThat(said).containsExactly("joined true", "joined true");

    kept.isAway = true;
    one.leave().run();
    hub.run();
    telling.tick();
    kept.isAway = false;
    kept.hasForgotten = true;
    telling.tick();
    assertThat(said).as("not told yet").hasSize(2);
    telling.tick();

    assertThat(said).hasSize(3).endsWith("left true");
    two.leave().run();
    hub.run();
    assertThat(telling.end()).isCompleted();
    assertThat(said).as("the last is handed on").hasSize(4);
  }

  @Test
  void atTheEndNothingIsThereAndNothingIsTold() {
    join();
    telling.tick();
    telling.end();
    join();
    telling.tick();

    assertThat(kept.entries).isEmpty();
  }
}
