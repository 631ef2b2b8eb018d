package dev.allim.log;

import static dev.allim.log.Appends.append;
import static dev.allim.log.Appends.once;
import static dev.allim.log.Appends.result;
import static dev.allim.log.Appends.results;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.AppendRequest.Entry;
import dev.allim.log.AppendRequest.Idempotency;
import dev.allim.log.AppendResult.Appended;
import dev.allim.log.AppendResult.IdTaken;
import dev.allim.log.AppendResult.KeyReused;
import dev.allim.log.AppendResult.Repeated;
import dev.allim.log.Appends.Heard;
import dev.allim.notification.Accepted;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every engine promises to those who append. */
interface AppendContract {
  /** The engine in question, empty at first. */
  LogEngine log();

  /** The clock that it goes by. */
  HandClock clock();

  private static AppendRequest request(Notification... notifications) {
    return AppendRequest.of(List.of(notifications));
  }

  private static List<Accepted> now(String... ids) {
    return Stream.of(ids).map(EventId::new).map(Accepted::now).toList();
  }

  private static KeyReused reused(OptionalInt index, boolean twice) {
    return new KeyReused(index, IdempotencyKey.of("key"), twice);
  }

  // ---- each by itself

  @Test
  default void aConflictRefusesOnePublicationAndNoStranger() {
    append(log(), note("1", "a"));

    List<AppendResult> results =
        results(
            log(),
            request(note("2", "a")),
            request(note("3", "a"), note("1", "a"), note("4", "a")),
            request(note("5", "a")));

    assertThat(results.get(1)).isEqualTo(new IdTaken(1, new EventId("1")));
    assertThat(results.get(0)).isInstanceOf(Appended.class);
    assertThat(results.get(2)).isInstanceOf(Appended.class);
    assertThat(readAll(log(), 0, "*")).containsExactly("1", "2", "5");
  }

  @Test
  default void theFirstOfAGroupHasTheId() {
    List<AppendResult> results =
        results(log(), request(note("1", "a")), request(note("1", "b")), request(note("2", "b")));

    assertThat(results.get(1)).isEqualTo(new IdTaken(0, new EventId("1")));
    assertThat(readAll(log(), 0, "*")).containsExactly("1", "2");
  }

  @Test
  default void whatIsRefusedLeavesItsIdsFree() {
    append(log(), note("1", "a"));

    List<AppendResult> results =
        results(log(), request(note("2", "a"), note("1", "a")), request(note("2", "b")));

    assertThat(results.get(1)).isInstanceOf(Appended.class);
    assertThat(readAll(log(), 0, "*")).containsExactly("1", "2");
  }

  /** However unlikely: it is found out when it is written. */
  @Test
  default void anIdThatWasMadeToBeUniqueAndIsNotRefusesNoStranger() {
    append(log(), note("1", "a"));
    Entry made = new Entry(note("1", "a"), false, Optional.empty(), Optional.empty());

    List<AppendResult> results =
        results(log(), new AppendRequest(List.of(made), Optional.empty()), request(note("2", "a")));

    assertThat(results.get(0)).isEqualTo(new IdTaken(0, new EventId("1")));
    assertThat(readAll(log(), 0, "*")).containsExactly("1", "2");
  }

  @Test
  default void saysUpToWhichPositionEachStands() {
    Heard heard = new Heard();
    log().tail(0, heard);
    Instant at = clock().instant().plusSeconds(9);

    List<AppendResult> results =
        results(
            log(),
            request(note("1", "a"), note("2", "a")),
            new AppendRequest(List.of(Entry.of(note("later", "a"), at)), Optional.empty()),
            request(note("3", "a")));

    assertThat(results)
        .containsExactly(
            new Appended(now("1", "2"), heard.records.get(1).position()),
            new Appended(List.of(later("later", at)), 0),
            new Appended(now("3"), heard.records.get(2).position()));
  }

  // ---- the same again

  @Test
  default void theSameUnderItsKeyIsAppendedOnce() {
    result(log(), once("key", "same", note("1", "a"), note("2", "a")));

    List<AppendResult> again =
        results(log(), once("key", "same", note("3", "a")), once("key", "same", note("4", "a")));

    assertThat(again).containsOnly(new Repeated(now("1", "2")));
    assertThat(readAll(log(), 0, "*")).containsExactly("1", "2");
  }

  /** To the nanosecond, also when its time is over. */
  @Test
  default void theSameUnderItsKeyIsToBeDeliveredWhenItWasAtFirst() {
    Instant at = clock().instant().plusSeconds(9).plusNanos(123_456_789);
    Idempotency key = new Idempotency(IdempotencyKey.of("key"), "same");
    result(
        log(),
        new AppendRequest(
            List.of(Entry.of(note("1", "a")), Entry.of(note("2", "a"), at)), Optional.of(key)));
    clock().advance(Duration.ofSeconds(20));
    Appends.deliverDue(log(), clock().instant(), 10);

    assertThat(result(log(), once("key", "same", note("3", "a"))))
        .isEqualTo(new Repeated(List.of(Accepted.now(new EventId("1")), later("2", at))));
  }

  private static Accepted later(String id, Instant at) {
    return new Accepted(new EventId(id), Optional.of(at));
  }

  @Test
  default void theSameKeyWithinOneGroupIsAppendedOnce() {
    List<AppendResult> results =
        results(
            log(),
            once("key", "same", note("1", "a")),
            once("key", "same", note("2", "a")),
            once("key", "other", note("3", "a")),
            request(note("4", "a")));

    assertThat(results.get(1)).isEqualTo(new Repeated(now("1")));
    assertThat(results.get(2)).isEqualTo(reused(OptionalInt.empty(), false));
    assertThat(readAll(log(), 0, "*")).containsExactly("1", "4");
  }

  @Test
  default void anotherUnderTheKeyIsRefusedAlone() {
    result(log(), once("key", "this", note("1", "a")));

    List<AppendResult> results =
        results(log(), once("key", "that", note("2", "a")), request(note("3", "a")));

    assertThat(results.get(0)).isEqualTo(reused(OptionalInt.empty(), false));
    assertThat(readAll(log(), 0, "*")).containsExactly("1", "3");
  }

  @Test
  default void aKeyIsFreeAfterADay() {
    result(log(), once("key", "this", note("1", "a")));
    clock().advance(Duration.ofHours(24).minusMillis(1));
    log().enforceRetention(clock().instant());
    assertThat(result(log(), once("key", "that", note("2", "a")))).isInstanceOf(KeyReused.class);
    clock().advance(Duration.ofMillis(1));

    assertThat(result(log(), once("key", "that", note("2", "a")))).isInstanceOf(Appended.class);
    assertThat(result(log(), once("key", "that", note("3", "a")))).isInstanceOf(Repeated.class);
  }

  @Test
  default void keysOfDifferentScopesHaveNothingToDoWithEachOther() {
    result(log(), once("key", "this", note("1", "a")));
    AppendRequest anothers =
        new AppendRequest(
            List.of(Entry.of(note("2", "a"))),
            Optional.of(new Idempotency(new IdempotencyKey("alice", "key"), "that")));

    assertThat(result(log(), anothers)).isInstanceOf(Appended.class);
    assertThat(result(log(), anothers)).isEqualTo(new Repeated(now("2")));
  }

  @Test
  default void anItemThatIsRepeatedLeavesTheOthersOfItsPublication() {
    Entry item = keyed("1", "same");
    results(log(), new AppendRequest(List.of(item), Optional.empty()));

    AppendResult result =
        result(
            log(),
            new AppendRequest(
                List.of(Entry.of(note("2", "a")), keyed("3", "same")), Optional.empty()));

    assertThat(((Appended) result).entries()).isEqualTo(now("2", "1"));
    assertThat(readAll(log(), 0, "*")).containsExactly("1", "2");
    assertThat(result(log(), new AppendRequest(List.of(keyed("4", "other")), Optional.empty())))
        .isEqualTo(reused(OptionalInt.of(0), false));
    assertThat(
            result(
                log(),
                new AppendRequest(List.of(keyed("5", "x"), keyed("6", "x")), Optional.empty())))
        .isInstanceOf(KeyReused.class);
  }

  private static Entry keyed(String id, String fingerprint) {
    return new Entry(
        note(id, "a"),
        true,
        Optional.empty(),
        Optional.of(new Idempotency(IdempotencyKey.of("key"), fingerprint)));
  }
}
