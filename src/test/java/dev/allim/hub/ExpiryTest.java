package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.Entitlement;
import dev.allim.hub.spi.StartAt;
import dev.allim.testing.HandClock;
import dev.allim.testing.ReceivedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Streams whose grant runs out, or is taken back, or by which another listens now. */
class ExpiryTest {
  private static final Instant END = HandClock.START.plusSeconds(60);

  private final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT);
  private boolean revoked;

  private TestReader open(StartAt start) {
    return open(start, right());
  }

  private TestReader open(TakeOvers streams, String name) {
    return open(new StartAt.Now(), streams.take(name, right()));
  }

  private Entitlement right() {
    return new Entitlement(Optional.of(END), () -> revoked);
  }

  private TestReader open(StartAt start, Entitlement right) {
    TestReader reader =
        new TestReader(
            hub.hub,
            hub.lane,
            HistoryHub.filter("a"),
            start,
            new RecordingWire(),
            request -> request.by(right));
    hub.run();
    return reader;
  }

  @Test
  void endInGoodOrderWithTheLastTickBeforeItDoes() {
    TestReader reader = open(new StartAt.Now());
    TestReader other = hub.join(new StartAt.Now(), "a");
    hub.pass(Duration.ofMillis(58_749));
    hub.tick();
    assertThat(reader.isOver()).isFalse();

    hub.pass(Duration.ofMillis(1));
    hub.tick();

    assertThat(reader.wire.ended).isTrue();
    assertThat(reader.closed).isEqualTo(1);
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.TOKEN_EXPIRED);
    assertThat(other.isOver()).isFalse();
  }

  @Test
  void areToldOnceSomeTimeBefore() {
    TestReader reader = open(new StartAt.Now());
    TestReader other = hub.join(new StartAt.Now(), "a");
    hub.pass(Duration.ofMillis(28_749));
    hub.tick();
    assertThat(reader.events()).isEmpty();

    hub.pass(Duration.ofMillis(1));
    hub.tick();
    hub.pass(Duration.ofSeconds(1));
    hub.tick();

    assertThat(reader.events())
        .singleElement()
        .extracting(ReceivedEvent::type, ReceivedEvent::data)
        .containsExactly("reauthenticate", "{}");
    assertThat(other.events()).isEmpty();
  }

  @Test
  void areGivenNothingIfItDidBeforeTheyBegan() {
    hub.deliver("a", 1, 3);
    hub.pass(Duration.ofSeconds(60));

    TestReader late = open(new StartAt.Earliest());

    assertThat(late.ids()).isEmpty();
    assertThat(late.wire.ended).isTrue();
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.TOKEN_EXPIRED);
  }

  @Test
  void endAtOnceWhenTheGrantIsTakenBack() {
    TestReader reader = open(new StartAt.Now());
    TestReader other = hub.join(new StartAt.Now(), "a");
    hub.deliver("a", 1, 1);
    hub.hub.endRevoked();
    hub.run();
    assertThat(reader.isOver()).as("of another").isFalse();

    revoked = true;
    hub.hub.endRevoked();
    hub.run();

    assertThat(reader.ids()).hasSize(1);
    assertThat(reader.wire.retry()).isPositive();
    assertThat(reader.wire.ended).isTrue();
    assertThat(reader.closed).isEqualTo(1);
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.TOKEN_REVOKED);
    assertThat(other.isOver()).isFalse();
  }

  @Test
  void areGivenNothingIfItWasTakenBackBeforeTheyBegan() {
    hub.deliver("a", 1, 3);
    revoked = true;

    TestReader late = open(new StartAt.Earliest());

    assertThat(late.ids()).isEmpty();
    assertThat(late.wire.ended).isTrue();
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.TOKEN_REVOKED);
  }

  // ---- one at a time

  @Test
  void endAtOnceWhenAnotherTakesOver() {
    TakeOvers streams = new TakeOvers();
    TestReader first = open(streams, "one");
    TestReader other = open(streams, "other");
    TestReader second = open(streams, "one");

    assertThat(first.wire.retry()).isPositive();
    assertThat(first.wire.ended).isTrue();
    assertThat(first.closed).isEqualTo(1);
    TestReader third = open(streams, "one");
    hub.deliver("a", 1, 1);

    assertThat(first.ids()).isEmpty();
    assertThat(second.ids()).isEmpty();
    assertThat(third.ids()).hasSize(1);
    assertThat(other.ids()).hasSize(1);
    assertThat(hub.listener.closed)
        .containsExactly(DisconnectCause.TAKEN_OVER, DisconnectCause.TAKEN_OVER);
  }

  @Test
  void doNotBeginWhereAnotherTookOverBefore() {
    TakeOvers streams = new TakeOvers();
    Entitlement early = streams.take("one", Entitlement.until(END));
    TestReader second = open(streams, "one");

    TestReader first = open(new StartAt.Now(), early);

    assertThat(first.wire.ended).isTrue();
    assertThat(first.closed).isEqualTo(1);
    assertThat(second.isOver()).isFalse();
  }

  @Test
  void areNotEndedTwice() {
    TakeOvers streams = new TakeOvers();
    TestReader first = open(streams, "one");
    first.leave();

    TestReader second = open(streams, "one");

    assertThat(first.closed).isEqualTo(1);
    assertThat(hub.listener.closed).containsExactly(DisconnectCause.CLIENT_LEFT);
    revoked = true;
    hub.hub.endRevoked();
    hub.run();
    assertThat(second.isOver()).isTrue();
  }
}
