package dev.allim.hub;

import static dev.allim.hub.HistoryHub.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import dev.allim.topic.Topic;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A topic whose history is deleted. */
class PurgingTest {
  private final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT);

  private CompletableFuture<Integer> purge(String topic) {
    return hub.hub.purge(new Topic(topic)).toCompletableFuture();
  }

  @Test
  void isNotReplayedAnyMoreAndTheOthersAre() {
    hub.deliver(note("0", "b"), note("1", "a"), note("2", "b"), note("3", "a"));

    CompletableFuture<Integer> purged = purge("a");

    hub.run();
    assertThat(purged).isCompletedWithValue(2);
    assertThat(hub.join(new StartAt.After(new EventId("0")), "*").ids()).containsExactly("2");
    assertThat(hub.join(new StartAt.Earliest(), "*").ids()).containsExactly("0", "2");
    assertThat(hub.join(new StartAt.Latest(), "*").ids()).containsExactly("2");
  }

  /** From the ring as from the log: what stays is replayed, also where there was nothing to see. */
  @Test
  void isDeletedInPartByWhoMayNotDeleteAllOfIt() {
    HistoryHub small = new HistoryHub(TestSettings.DEFAULT.keeping(2));
    for (HistoryHub each : List.of(hub, small)) {
      each.deliver(
          note("0", "b"), note("1", "a"), note("2", "a", "b"), note("3", "a", "c"), note("4", "b"));

      CompletableFuture<Integer> purged =
          each.hub
              .purge(new Topic("a"), kept -> !kept.topics().contains(new Topic("b")))
              .toCompletableFuture();

      each.run();
      assertThat(purged).isCompletedWithValue(2);
      assertThat(each.join(new StartAt.After(new EventId("0")), "*").ids())
          .containsExactly("2", "4");
      assertThat(each.join(new StartAt.Earliest(), "a").ids()).containsExactly("2");
    }
  }

  /** More than one page of it, and what is published while it goes on. */
  @Test
  void isDeletedInPartUpToWhereItWentThen() {
    hub.deliver("a", 1, 700);

    CompletableFuture<Integer> purged =
        hub.hub
            .purge(
                new Topic("a"),
                kept -> {
                  if (kept.id().value().equals("1")) {
                    hub.publish(note("late", "a"));
                    hub.writer.runAll();
                  }
                  return Integer.parseInt(kept.id().value()) % 7 != 0;
                })
            .toCompletableFuture();

    hub.run();
    assertThat(purged).isCompletedWithValue(600);
    assertThat(hub.join(new StartAt.Earliest(), "a").ids())
        .hasSize(101)
        .startsWith("7", "14")
        .endsWith("700", "late");
  }

  /** It did not get what it asked for; that somebody wanted it so is no comfort. */
  @Test
  void isAGapForWhoHadNotReadIt() {
    HistoryHub small = new HistoryHub(TestSettings.DEFAULT.keeping(2));
    small.deliver(note("0", "b"), note("1", "a"), note("2", "b"), note("3", "c"), note("4", "c"));
    small.hub.purge(new Topic("a"));
    small.run();

    TestReader missed = small.join(new StartAt.After(new EventId("0")), "a", "b");
    TestReader missedNothing = small.join(new StartAt.After(new EventId("0")), "b");

    assertThat(missed.gaps())
        .containsExactly("{\"asked\":\"0\",\"resumesAt\":\"2\",\"missed\":null}");
    assertThat(missed.ids()).containsExactly("2");
    assertThat(missedNothing.gaps()).isEmpty();
  }

  @Test
  void isNotReplayedToAReaderThatLags() {
    TestReader reader = hub.stuck("a");
    hub.deliver("a", 1, 3);
    purge("a");
    hub.run();
    hub.deliver("a", 4, 4);

    hub.drain(reader);

    assertThat(reader.ids()).containsExactly("1", "4");
  }

  @Test
  void whatIsOnItsWayArrives() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.publish(note("1", "a"));
    hub.writer.runAll();
    purge("a");
    hub.readers.runAll();

    hub.run();

    assertThat(reader.ids()).containsExactly("1");
  }

  /** The lane hears of the purge only after what was published behind it. */
  @Test
  void takesNothingThatIsPublishedAfterwards() {
    TestReader reader = hub.stuck("a");
    hub.deliver("a", 1, 2);
    purge("a");
    hub.readers.runAll();
    hub.publish(note("3", "a"));
    hub.writer.runAll();
    hub.run();

    hub.drain(reader);

    assertThat(reader.ids()).containsExactly("1", "3");
  }
}
