package dev.allim.hub;

import static dev.allim.hub.HistoryHub.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import dev.allim.topic.Topic;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two hubs on one log, as on two machines: nothing is lost, neither live nor when resuming. */
class SecondWriterTest {
  private final HistoryHub one = new HistoryHub(TestSettings.DEFAULT.keeping(8));
  private final HistoryHub two = one.beside();

  private void publishInTurns(int from, int to) {
    for (int id = from; id <= to; id++) {
      (id % 2 == 0 ? two : one).deliver(note(Integer.toString(id), "a"));
    }
    one.run();
    two.run();
  }

  @Test
  void liveReadersOfBothHaveAllInOneOrder() {
    TestReader here = one.join(new StartAt.Now(), "a");
    TestReader there = two.join(new StartAt.Now(), "a");

    publishInTurns(1, 6);

    assertThat(here.ids()).containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(there.ids()).isEqualTo(here.ids());
    assertThat(here.gaps()).isEmpty();
  }

  @Test
  void whoResumesAtTheOtherHasAll() {
    publishInTurns(1, 6);
    one.log.fails();
    two.log.fails();

    TestReader here = one.join(new StartAt.After(new EventId("2")), "a");
    TestReader there = two.join(new StartAt.After(new EventId("1")), "a");

    assertThat(here.ids()).containsExactly("3", "4", "5", "6");
    assertThat(there.ids()).containsExactly("2", "3", "4", "5", "6");
    assertThat(here.gaps()).isEmpty();
  }

  @Test
  void whoResumesFarBackHasAll() {
    publishInTurns(1, 60);

    TestReader there = two.join(new StartAt.After(new EventId("1")), "a");

    assertThat(there.ids()).hasSize(59).startsWith("2", "3").endsWith("59", "60");
    assertThat(there.gaps()).isEmpty();
  }

  @Test
  void whatOneDidNotHearInTimeItReads() {
    TestReader here = one.join(new StartAt.Now(), "a");
    one.deliver(note("1", "a"));
    one.log.missesWhatIsTold();
    two.deliver(note("2", "a"));
    one.log.hearsAgain();

    one.deliver(note("3", "a"));

    assertThat(here.ids()).containsExactly("1", "2", "3");
    one.log.fails();
    assertThat(one.join(new StartAt.After(new EventId("1")), "a").ids()).containsExactly("2", "3");
    assertThat(here.gaps()).isEmpty();
  }

  @Test
  void whatIsGoneBeforeItCouldBeReadIsToldAsAGap() {
    TestReader here = one.join(new StartAt.Now(), "a");
    one.deliver(note("0", "a"));
    one.log.missesWhatIsTold();
    two.deliver(note("1", "b", "a"));
    two.hub.purge(new Topic("b"));
    two.run();
    one.log.hearsAgain();

    one.deliver(note("2", "a"));

    assertThat(here.ids()).containsExactly("0");
    assertThat(here.isOver()).isTrue();
    TestReader again = one.join(new StartAt.After(new EventId("0")), "a");
    assertThat(again.gaps()).hasSize(1);
    assertThat(again.ids()).containsExactly("2");
  }

  @Test
  void aPurgeReachesBoth() {
    publishInTurns(1, 4);
    TestReader live = two.join(new StartAt.Now(), "a");

    CompletableFuture<Integer> purged = one.hub.purge(new Topic("a")).toCompletableFuture();
    one.run();
    two.run();

    assertThat(purged).isCompletedWithValue(4);
    assertThat(two.join(new StartAt.After(new EventId("1")), "a").ids()).isEmpty();
    assertThat(one.join(new StartAt.Earliest(), "a").ids()).isEmpty();
    publishInTurns(5, 6);
    assertThat(live.ids()).containsExactly("5", "6");
  }

  @Test
  void oneIdOnBothIsTakenOnce() {
    TestReader here = one.join(new StartAt.Now(), "a");
    one.publish(given("1"));
    CompletableFuture<?> second = two.publish(given("1"));
    CompletableFuture<?> stranger = two.publish(given("2"));
    one.run();
    two.run();
    one.run();

    assertThat(second).isCompletedExceptionally();
    assertThat(stranger).isCompleted();
    assertThat(here.ids()).containsExactly("1", "2");
  }

  private static Publication.Entry given(String id) {
    return new Publication.Entry(
        note(id, "a"), true, java.util.Optional.empty(), java.util.Optional.empty());
  }

  @Test
  void whatIsDueIsDeliveredOnce() {
    TestReader here = one.join(new StartAt.Now(), "a");
    one.publish(HistoryHub.later(one.clock.instant().plusSeconds(1), note("1", "a")));
    one.run();
    HistoryHub third = one.beside();
    one.clock.advance(java.time.Duration.ofSeconds(2));
    one.hub.deliverDue();
    third.hub.deliverDue();
    one.run();
    third.run();
    one.run();

    assertThat(here.ids()).containsExactly("1");
  }
}
