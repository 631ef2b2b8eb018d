package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.hub.spi.Identity;
import dev.allim.testing.HandClock;
import dev.allim.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who comes back soon has the id that it had. */
class VisitsTest {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final TopicFilter A = HistoryHub.filter("a", "b/{id}");
  private static final TopicFilter B = HistoryHub.filter("b");

  private final ManualClock nanoTime = new ManualClock();
  private final HandClock clock = new HandClock();
  private long last;
  private final Visits visits = new Visits(GRACE, clock, nanoTime, this::next);

  private UUID next() {
    return new UUID(0, ++last);
  }

  private ActiveSubscription of(String subject, String address, TopicFilter filter) {
    return visits.begin(
        filter, subject.isEmpty() ? Optional.empty() : Optional.of(new Identity(subject)), address);
  }

  private ActiveSubscription from(String address) {
    return of("", address, A);
  }

  @Test
  void whoComesBackInTimeHasItsIdAndAnotherBeginning() {
    ActiveSubscription first = from("10.0.0.1");
    visits.left(first);
    nanoTime.pass(GRACE.minusNanos(1));
    clock.advance(GRACE);

    ActiveSubscription again = from("10.0.0.1");

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.since()).isEqualTo(first.since().plus(GRACE));
    assertThat(visits.remembered()).isZero();
  }

  @Test
  void whoComesTooLateIsSomebodyElse() {
    ActiveSubscription first = from("10.0.0.1");
    visits.left(first);
    nanoTime.pass(GRACE);

    assertThat(from("10.0.0.1").id()).isNotEqualTo(first.id());
  }

  @Test
  void anIdIsGivenToOneAtATime() {
    ActiveSubscription one = from("10.0.0.1");
    ActiveSubscription two = from("10.0.0.1");
    visits.left(one);

    assertThat(two.id()).isNotEqualTo(one.id());
    assertThat(from("10.0.0.1").id()).isEqualTo(one.id());
    assertThat(from("10.0.0.1").id()).isNotIn(one.id(), two.id());
  }

  @Test
  void othersAndOtherTopicsAreSomebodyElse() {
    visits.left(from("10.0.0.1"));
    visits.left(of("alice", "10.0.0.1", A));
    long before = last;

    assertThat(of("", "10.0.0.2", A).id()).isEqualTo(new UUID(0, before + 1));
    assertThat(of("", "10.0.0.1", B).id()).isEqualTo(new UUID(0, before + 2));
    assertThat(of("bob", "10.0.0.1", A).id()).isEqualTo(new UUID(0, before + 3));
  }

  @Test
  void whoAsksInOtherWordsIsSomebodyElse() {
    ActiveSubscription.Asked words = new ActiveSubscription.Asked("topic", "a", Optional.empty());
    ActiveSubscription first = visits.begin(A, Optional.empty(), "10.0.0.1", List.of(words));
    visits.left(first);

    assertThat(from("10.0.0.1").id()).isNotEqualTo(first.id());
    ActiveSubscription again = visits.begin(A, Optional.empty(), "10.0.0.1", List.of(words, words));
    assertThat(again.id()).isEqualTo(first.id());
  }

  @Test
  void whoHasASubjectIsKnownWhereverItComesFrom() {
    ActiveSubscription first = of("alice", "10.0.0.1", A);
    visits.left(first);

    assertThat(of("alice", "10.0.0.2", HistoryHub.filter("b/{id}", "a")).id())
        .isEqualTo(first.id());
  }

  @Test
  void nobodyIsRememberedForEver() {
    for (int i = 0; i < 1000; i++) {
      visits.left(from("10.0.0." + i % 100));
    }
    assertThat(visits.remembered()).isPositive();
    nanoTime.pass(GRACE);

    visits.forget();

    assertThat(visits.remembered()).isZero();
  }

  @Test
  void withoutAGraceNobodyIs() {
    Visits none = new Visits(Duration.ZERO, clock, nanoTime, this::next);
    none.left(from("10.0.0.1"));

    assertThat(none.remembered()).isZero();
  }
}
