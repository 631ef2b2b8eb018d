package dev.allim.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.RecordingWire;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.FrameTexts;
import dev.allim.notification.EventId;
import dev.allim.topic.TopicFilter;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The states of a subscription and the ways between them. */
class SubscriptionTest {
  private static final EventId ID = new EventId("1");
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final RecordingWire wire = new RecordingWire();
  private final SubscriberGroup group =
      new SubscriberGroup(TopicFilter.everything(), Dialect.PLAIN);
  private int closed;
  private final Subscription subscription = endingAt(Long.MAX_VALUE);

  private Subscription endingAt(long endsAt) {
    return new Subscription(
        wire,
        group,
        7,
        0,
        new Terms(endsAt, Long.MAX_VALUE, () -> false, Optional.empty()),
        () -> closed++);
  }

  private void write(String events) {
    Frame frame = FrameTexts.frame(events);
    wire.send(frame);
    frame.release();
  }

  @Test
  void beginsReplayingWhereItWasOpened() {
    assertThat(subscription.state()).isEqualTo(Subscription.State.REPLAYING);
    assertThat(subscription.position()).isEqualTo(7);
    assertThat(subscription.isLive()).isFalse();
    assertThat(subscription.isClosed()).isFalse();
  }

  @Test
  void readsOnWhileReplaying() {
    subscription.advanceTo(8, ID);
    subscription.advanceTo(9);

    assertThat(subscription.position()).isEqualTo(9);
    assertThat(subscription.lastId()).contains(ID);
    assertThat(subscription.state()).isEqualTo(Subscription.State.REPLAYING);
  }

  @Test
  void goesLiveAndKeepsNothing() {
    subscription.advanceTo(8, ID);

    subscription.goLive();

    assertThat(subscription.state()).isEqualTo(Subscription.State.LIVE);
    assertThat(subscription.isLive()).isTrue();
    assertThat(subscription.lastId()).isEmpty();
  }

  @Test
  void lagsAndRemembersWhereItStood() {
    subscription.goLive();

    subscription.lag(12, ID);

    assertThat(subscription.state()).isEqualTo(Subscription.State.LAGGING);
    assertThat(subscription.position()).isEqualTo(12);
    assertThat(subscription.lastId()).contains(ID);
    assertThat(subscription.isLive()).isFalse();
  }

  @Test
  void comesBackToLifeAfterLagging() {
    subscription.goLive();
    subscription.lag(12, ID);

    subscription.goLive();

    assertThat(subscription.state()).isEqualTo(Subscription.State.LIVE);
  }

  static Stream<Consumer<Subscription>> openStates() {
    return Stream.of(
        replaying -> {},
        Subscription::goLive,
        lagging -> {
          lagging.goLive();
          lagging.lag(12, ID);
        });
  }

  @ParameterizedTest
  @MethodSource("openStates")
  void closesFromEveryStateForGood(Consumer<Subscription> reach) {
    Subscription one = endingAt(Long.MAX_VALUE);
    reach.accept(one);

    assertThat(one.close()).isTrue();
    assertThat(one.close()).isFalse();

    assertThat(one.state()).isEqualTo(Subscription.State.CLOSED);
    assertThat(one.isClosed()).isTrue();
    assertThat(one.isLive()).isFalse();
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void waitsForItsTurnOnce() {
    assertThat(subscription.enqueue()).isTrue();
    assertThat(subscription.enqueue()).isFalse();
    subscription.unqueue();
    assertThat(subscription.enqueue()).isTrue();
  }

  @Property
  void isTooOldFromItsEndOn(@ForAll int endsAt, @ForAll int now) {
    assertThat(endingAt(endsAt).tooOld(now)).isEqualTo(now >= endsAt);
    assertThat(endingAt(Long.MAX_VALUE).tooOld(now)).isFalse();
  }

  @Test
  void isSilentOnceNothingWasWrittenForLongEnough() {
    subscription.write(FrameTexts.frame("data: a"), SECOND);

    assertThat(subscription.silentFor(SECOND, 2 * SECOND - 1)).isFalse();
    assertThat(subscription.silentFor(SECOND, 2 * SECOND)).isTrue();
  }

  @Test
  void isNotSilentWhileItsGroupGetsEventsAndItIsLive() {
    group.addLive(
        new Subscription(
            wire,
            group,
            0,
            0,
            new Terms(Long.MAX_VALUE, Long.MAX_VALUE, () -> false, Optional.empty()),
            () -> {}));
    group.offer(FrameTexts.at(1, "a"));
    group.deliver(1, 5 * SECOND, UnpooledByteBufAllocator.DEFAULT, (reader, frame, block) -> {});

    assertThat(subscription.silentFor(SECOND, 5 * SECOND)).isTrue();
    subscription.goLive();
    assertThat(subscription.silentFor(SECOND, 5 * SECOND)).isFalse();
  }

  @Test
  void isNotSilentWhileBytesWait() {
    wire.fill();
    write("data: x\n\n");

    assertThat(subscription.silentFor(SECOND, 100 * SECOND)).isFalse();
  }

  @Test
  void isStalledOnceBytesWaitedAndTheSocketTookNone() {
    wire.fill();
    write("data: x\n\n");

    assertThat(subscription.stalledFor(10 * SECOND, 9 * SECOND)).isFalse();
    assertThat(subscription.stalledFor(10 * SECOND, 10 * SECOND)).isTrue();
  }

  @Test
  void isNotStalledWhileTheSocketTakesSomething() {
    wire.fill();
    for (int second = 1; second < 60; second += 5) {
      write("data: x\n\n");
      write("data: x\n\n");
      wire.trickle();
      assertThat(subscription.stalledFor(10 * SECOND, second * SECOND)).isFalse();
    }
  }

  @Test
  void isNotStalledWhenNothingWaits() {
    assertThat(subscription.stalledFor(10 * SECOND, 100 * SECOND)).isFalse();
  }
}
