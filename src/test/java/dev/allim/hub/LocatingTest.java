package dev.allim.hub;

import static dev.allim.hub.HistoryHub.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.Gap;
import dev.allim.hub.spi.StartAt;
import dev.allim.log.LogUnavailableException;
import dev.allim.notification.EventId;
import dev.allim.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The place is known before the stream is opened. */
class LocatingTest {
  private final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT.keeping(4));

  private CompletableFuture<StartAt.Located> locate(StartAt start, String... matchers) {
    List<CompletableFuture<StartAt.Located>> asked = new ArrayList<>();
    hub.lane.on(
        () -> asked.add(hub.hub.locate(start, HistoryHub.filter(matchers)).toCompletableFuture()));
    hub.run();
    return asked.get(0);
  }

  private static StartAt after(String id) {
    return new StartAt.After(new EventId(id));
  }

  @Test
  void whoSubscribesLaterMissesNothingInBetween() {
    hub.deliver("a", 1, 2);
    StartAt.Located place = locate(new StartAt.Now(), "a").join();
    hub.deliver("a", 3, 9);

    TestReader reader = hub.join(place, "a");

    hub.deliver("a", 10, 10);
    assertThat(reader.ids()).containsExactly("3", "4", "5", "6", "7", "8", "9", "10");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void anIdIsFoundInTheRingAndInTheLog() {
    hub.deliver("a", 1, 9);

    StartAt.Located recent = locate(after("8"), "a").join();
    StartAt.Located old = locate(after("2"), "a").join();

    assertThat(recent.lastId()).hasValue(new EventId("8"));
    assertThat(old.lastId()).hasValue(new EventId("2"));
    assertThat(hub.join(recent, "a").ids()).containsExactly("9");
    assertThat(hub.join(old, "a").ids()).startsWith("3").hasSize(7);
  }

  @Test
  void whoNamesAnUnknownIdIsKnownToMissSomethingAndIsToldSo() {
    hub.deliver("a", 1, 2);

    StartAt.Located place = locate(after("unknown"), "a").join();

    assertThat(place.lastId()).isEmpty();
    assertThat(place.gap())
        .hasValue(new Gap(Optional.of(new EventId("unknown")), Optional.empty()));
    assertThat(hub.join(place, "a").gaps()).hasSize(1);
    assertThat(locate(new StartAt.AfterUnknown(), "a").join().gap()).isPresent();
  }

  @Test
  void whatIsGoneBehindTheIdIsAGap() {
    hub.deliver(note("1", "a", "b"), note("2", "b", "a"), note("3", "a"));
    hub.hub.purge(new Topic("b"));
    hub.run();
    hub.deliver("c", 4, 20);

    assertThat(locate(after("1"), "a").join().gap()).isPresent();
    assertThat(locate(after("3"), "a").join().gap()).isEmpty();
  }

  @Test
  void theOldestIsAPlace() {
    hub.deliver("a", 1, 9);

    assertThat(hub.join(locate(new StartAt.Earliest(), "a").join(), "a").ids()).hasSize(9);
  }

  @Test
  void aLogThatCannotBeReadSaysSo() {
    hub.deliver("a", 1, 9);
    hub.log.fails();

    assertThat(locate(after("1"), "a"))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(LogUnavailableException.class);
  }

  @Test
  void theStateIsNoPlace() {
    assertThat(locate(new StartAt.Latest(), "a"))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(IllegalArgumentException.class);
  }
}
