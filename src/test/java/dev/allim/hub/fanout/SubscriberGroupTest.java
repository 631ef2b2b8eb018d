package dev.allim.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.RecordingWire;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.FrameTexts;
import dev.allim.topic.TopicFilter;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Places in the arrays of a cohort and of a lane, and what a cohort notes. */
class SubscriberGroupTest {
  private final SubscriberGroup cohort =
      new SubscriberGroup(TopicFilter.everything(), Dialect.PLAIN);

  private Subscription subscription() {
    return new Subscription(
        new RecordingWire(),
        cohort,
        0,
        0,
        new Terms(Long.MAX_VALUE, Long.MAX_VALUE, Optional.empty()),
        () -> {});
  }

  @Property(tries = 200)
  void holdsExactlyThoseWhoCameAndDidNotGo(@ForAll List<Integer> steps) {
    SubscriptionTable roster = new SubscriptionTable();
    SubscriberGroup live = new SubscriberGroup(TopicFilter.everything(), Dialect.PLAIN);
    List<Subscription> model = new ArrayList<>();
    for (int step : steps) {
      if (step % 3 != 0 || model.isEmpty()) {
        Subscription one = subscription();
        roster.add(one);
        live.addLive(one);
        model.add(one);
      } else {
        Subscription one = model.remove(Math.floorMod(step, model.size()));
        roster.remove(one);
        live.removeLive(one);
      }
    }

    assertThat(members(roster)).containsExactlyInAnyOrderElementsOf(model);
    assertThat(visited(live)).containsExactlyInAnyOrderElementsOf(model);
  }

  @Test
  void growsAndShrinksWithItsMembers() {
    SubscriptionTable roster = new SubscriptionTable();
    List<Subscription> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Subscription one = subscription();
      all.add(one);
      roster.add(one);
      cohort.addLive(one);
    }
    Set<Subscription> left = new HashSet<>(all.subList(995, 1000));

    for (Subscription one : all.subList(0, 995)) {
      roster.remove(one);
      cohort.removeLive(one);
      assertThat(one.laneSlot).isEqualTo(Subscription.NOWHERE);
      assertThat(one.cohortSlot).isEqualTo(Subscription.NOWHERE);
    }

    assertThat(new HashSet<>(members(roster))).isEqualTo(left);
    assertThat(new HashSet<>(visited(cohort))).isEqualTo(left);
  }

  private static List<Subscription> members(SubscriptionTable roster) {
    List<Subscription> members = new ArrayList<>();
    for (int i = 0; i < roster.size(); i++) {
      assertThat(roster.get(i).laneSlot).isEqualTo(i);
      members.add(roster.get(i));
    }
    return members;
  }

  private static List<Subscription> visited(SubscriberGroup cohort) {
    cohort.offer(FrameTexts.at(1, "a"));
    List<Subscription> visited = new ArrayList<>();
    cohort.deliver(
        Integer.MAX_VALUE,
        0,
        UnpooledByteBufAllocator.DEFAULT,
        (subscription, frame, block) -> visited.add(subscription));
    return visited;
  }

  @Test
  void countsTheSameNotificationOnce() {
    PublishedFrame first = FrameTexts.at(1, "a");
    PublishedFrame second = FrameTexts.at(2, "a");
    cohort.addLive(subscription());

    assertThat(cohort.offer(first)).isTrue();
    assertThat(cohort.offer(first)).isFalse();
    assertThat(cohort.offer(second)).isFalse();

    List<String> delivered = new ArrayList<>();
    cohort.deliver(
        1,
        5,
        UnpooledByteBufAllocator.DEFAULT,
        (subscription, frame, block) ->
            delivered.add(block.count() + " up to " + block.position()));
    assertThat(delivered).containsExactly("2 up to 2");
    assertThat(cohort.lastDelivery()).isEqualTo(5);
  }

  @Test
  void asksForItsTurnOnceUntilItHasHadIt() {
    cohort.addLive(subscription());
    assertThat(cohort.offer(FrameTexts.at(1, "a"))).isTrue();

    cohort.unqueue();

    assertThat(cohort.offer(FrameTexts.at(2, "a"))).isTrue();
  }

  @Test
  void hasNothingToDoWhenNobodyIsLive() {
    assertThat(cohort.offer(FrameTexts.at(1, "a"))).isFalse();
    assertThat(cohort.sweep().isIdle()).isTrue();
  }
}
