package dev.allim.hub;

import static dev.allim.hub.HistoryHub.later;
import static dev.allim.hub.HistoryHub.note;
import static dev.allim.hub.HistoryHub.once;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.hub.spi.Publication.Idempotency;
import dev.allim.hub.spi.PublishRefusedException;
import dev.allim.hub.spi.PublishResult;
import dev.allim.hub.spi.StartAt;
import dev.allim.log.IdempotencyKey;
import dev.allim.notification.Accepted;
import dev.allim.notification.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The same publish again, by its idempotency key. */
class RepeatingTest {
  private final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT);
  private final TestReader reader = hub.join(new StartAt.Now(), "a");

  private CompletableFuture<List<EventId>> publish(String key, String fingerprint, Entry... of) {
    Publication publication =
        new Publication(
            List.of(of), Optional.of(new Idempotency(IdempotencyKey.of(key), fingerprint)));
    return hub.hub.publish(publication).thenApply(PublishResult::ids).toCompletableFuture();
  }

  private static Entry entry(String id) {
    return Entry.of(note(id, "a"));
  }

  private static List<EventId> ids(String... ids) {
    return List.of(ids).stream().map(EventId::new).toList();
  }

  private static PublishRefusedException refusal(CompletableFuture<?> answer) {
    CompletionException failure =
        Assertions.catchThrowableOfType(CompletionException.class, answer::join);
    return (PublishRefusedException) failure.getCause();
  }

  @Test
  void isDeliveredOnceAndAnsweredAlikeWithinOneCommit() {
    publish("key", "same", entry("1"), entry("2"));

    CompletableFuture<List<EventId>> again = publish("key", "same", entry("3"), entry("4"));

    hub.run();
    assertThat(again).isCompletedWithValue(ids("1", "2"));
    assertThat(reader.ids()).containsExactly("1", "2");
  }

  @Test
  void isDeliveredOnceAndAnsweredAlikeLater() {
    publish("key", "same", entry("1"));
    hub.run();
    hub.pass(Duration.ofHours(23));

    CompletableFuture<List<EventId>> again = publish("key", "same", entry("2"));

    hub.run();
    assertThat(again).isCompletedWithValue(ids("1"));
    assertThat(reader.ids()).containsExactly("1");
  }

  @Test
  void isKnownAfterARestart() {
    publish("key", "same", entry("1"));
    hub.run();
    HistoryHub second = hub.restarted();

    CompletableFuture<List<EventId>> again =
        second
            .hub
            .publish(
                new Publication(
                    List.of(entry("2")),
                    Optional.of(new Idempotency(IdempotencyKey.of("key"), "same"))))
            .thenApply(PublishResult::ids)
            .toCompletableFuture();

    second.run();
    assertThat(again).isCompletedWithValue(ids("1"));
  }

  @Test
  void isAnotherPublishAfterADay() {
    publish("key", "same", entry("1"));
    hub.run();
    hub.pass(Duration.ofHours(24));

    publish("key", "other", entry("2"));

    hub.run();
    assertThat(reader.ids()).containsExactly("1", "2");
  }

  @Test
  void isRefusedIfItIsSomethingElseWithinOneCommit() {
    publish("key", "this", entry("1"));

    CompletableFuture<List<EventId>> other = publish("key", "that", entry("2"));

    hub.run();
    assertThat(refusal(other).reason()).isEqualTo(PublishRefusedException.Cause.KEY_REUSED);
    assertThat(refusal(other).index()).isEmpty();
    assertThat(reader.ids()).containsExactly("1");
  }

  @Test
  void leavesTheKeyFreeIfItFails() {
    hub.log.fails();
    publish("key", "this", entry("1"));
    hub.run();
    hub.log.recovers();

    CompletableFuture<List<EventId>> next = publish("key", "that", entry("2"));

    hub.run();
    assertThat(next).isCompletedWithValue(ids("2"));
    assertThat(reader.ids()).containsExactly("2");
  }

  /** It would be delivered at once if it came only now. */
  @Test
  void isAnsweredAsForLaterAlsoWhenItsTimeIsOver() {
    Instant at = hub.clock.instant().plusSeconds(60);
    Publication publication =
        new Publication(
            List.of(later(at, note("1", "a"))),
            Optional.of(new Idempotency(IdempotencyKey.of("key"), "same")));
    hub.hub.publish(publication);
    hub.run();
    hub.pass(Duration.ofMinutes(2));

    CompletableFuture<PublishResult> again =
        hub.hub
            .publish(
                new Publication(
                    List.of(entry("2")),
                    Optional.of(new Idempotency(IdempotencyKey.of("key"), "same"))))
            .toCompletableFuture();

    hub.run();
    assertThat(again)
        .isCompletedWithValue(
            new PublishResult(List.of(new Accepted(new EventId("1"), Optional.of(at)))));
    assertThat(reader.ids()).containsExactly("1");
  }

  // ---- items

  @Test
  void anItemThatWasForLaterMakesItsBatchForLaterAgain() {
    Instant at = hub.clock.instant().plusSeconds(1);
    hub.publish(
        new Entry(
            note("1", "a"),
            false,
            Optional.of(at),
            Optional.of(new Idempotency(IdempotencyKey.of("key"), "same"))));
    hub.run();
    hub.pass(Duration.ofSeconds(2));

    CompletableFuture<PublishResult> batch =
        hub.hub
            .publish(
                new Publication(
                    List.of(entry("2"), once("key", "same", note("3", "a"))), Optional.empty()))
            .toCompletableFuture();

    hub.run();
    assertThat(batch)
        .isCompletedWithValue(
            new PublishResult(
                List.of(
                    Accepted.now(new EventId("2")),
                    new Accepted(new EventId("1"), Optional.of(at)))));
  }

  @Test
  void anItemThatIsRepeatedLeavesTheOthersOfItsBatch() {
    hub.publish(once("key", "same", note("1", "a")));

    CompletableFuture<List<EventId>> batch =
        hub.publish(entry("2"), once("key", "same", note("3", "a")), entry("4"));

    hub.run();
    assertThat(batch).isCompletedWithValue(ids("2", "1", "4"));
    assertThat(reader.ids()).containsExactly("1", "2", "4");
  }

  @Test
  void anItemUnderTheKeyOfAnotherRefusesItsBatch() {
    hub.publish(once("key", "this", note("1", "a")));
    hub.run();

    CompletableFuture<List<EventId>> batch =
        hub.publish(entry("2"), once("key", "that", note("3", "a")));

    hub.run();
    assertThat(refusal(batch).reason()).isEqualTo(PublishRefusedException.Cause.KEY_REUSED);
    assertThat(refusal(batch).index()).hasValue(1);
    assertThat(reader.ids()).containsExactly("1");
  }

  @Test
  void twoItemsOfOneBatchWithOneKeyRefuseIt() {
    CompletableFuture<List<EventId>> batch =
        hub.publish(once("key", "same", note("1", "a")), once("key", "same", note("2", "a")));

    hub.run();
    assertThat(refusal(batch).index()).hasValue(1);
    assertThat(reader.ids()).isEmpty();
  }

  @Test
  void theKeyOfABatchIsRememberedEvenIfAllItsItemsAreRepeated() {
    hub.publish(once("item", "same", note("1", "a")));
    hub.run();
    publish("batch", "this", once("item", "same", note("2", "a")));
    hub.run();

    CompletableFuture<List<EventId>> other = publish("batch", "that", entry("3"));

    hub.run();
    assertThat(refusal(other).reason()).isEqualTo(PublishRefusedException.Cause.KEY_REUSED);
  }

  @Test
  void givesBackTheMemoryOfWhatIsNotDeliveredAgain() {
    for (int i = 0; i < 10; i++) {
      publish("key", "same", entry("a" + i));
      hub.publish(once("item", "same", note("b" + i, "a")));
      publish("key", "other", entry("c" + i));
      hub.run();
    }
    reader.leave();

    hub.hub.close();

    hub.run();
    assertThat(hub.allocator.metric().usedDirectMemory()).isZero();
  }
}
