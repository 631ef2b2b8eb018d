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

/** Places in the arrays of a group and of a lane, and what a group notes. */
class SubscriberGroupTest {
  private final SubscriberGroup group =
      new SubscriberGroup(TopicFilter.everything(), Dialect.PLAIN);

  private Subscription subscription() {
    return new Subscription(
        new RecordingWire(),
        group,
        0,
        0,
        new Terms(Long.MAX_VALUE, Long.MAX_VALUE, () -> false, Optional.empty()),
        () -> {});
  }

  @Property(tries = 200)
  void holdsExactlyThoseWhoCameAndDidNotGo(@ForAll List<Integer> steps) {
    SubscriptionTable subscriptions = new SubscriptionTable();
    SubscriberGroup live = new SubscriberGroup(TopicFilter.everything(), Dialect.PLAIN);
    List<Subscription> model = new ArrayList<>();
    for (int step : steps) {
      if (step % 3 != 0 || model.isEmpty()) {
        Subscription one = subscription();
        subscriptions.add(one);
        live.addLive(one);
        model.add(one);
      } else {
        Subscription one = model.remove(Math.floorMod(step, model.size()));
        subscriptions.remove(one);
        live.removeLive(one);
      }
    }

    assertThat(members(subscriptions)).containsExactlyInAnyOrderElementsOf(model);
    assertThat(visited(live)).containsExactlyInAnyOrderElementsOf(model);
  }

  @Test
  void growsAndShrinksWithItsMembers() {
    SubscriptionTable subscriptions = new SubscriptionTable();
    List<Subscription> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Subscription one = subscription();
      all.add(one);
      subscriptions.add(one);
      group.addLive(one);
    }
    Set<Subscription> left = new HashSet<>(all.subList(995, 1000));

    for (Subscription one : all.subList(0, 995)) {
      subscriptions.remove(one);
      group.removeLive(one);
      assertThat(one.laneSlot).isEqualTo(Subscription.NOWHERE);
      assertThat(one.groupSlot).isEqualTo(Subscription.NOWHERE);
    }

    assertThat(new HashSet<>(members(subscriptions))).isEqualTo(left);
    assertThat(new HashSet<>(visited(group))).isEqualTo(left);
  }

  private static List<Subscription> members(SubscriptionTable subscriptions) {
    List<Subscription> members = new ArrayList<>();
    for (int i = 0; i < subscriptions.size(); i++) {
      assertThat(subscriptions.get(i).laneSlot).isEqualTo(i);
      members.add(subscriptions.get(i));
    }
    return members;
  }

  private static List<Subscription> visited(SubscriberGroup group) {
    group.offer(FrameTexts.at(1, "a"));
    List<Subscription> visited = new ArrayList<>();
    group.deliver(
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
    group.addLive(subscription());

    assertThat(group.offer(first)).isTrue();
    assertThat(group.offer(first)).isFalse();
    assertThat(group.offer(second)).isFalse();

    List<String> delivered = new ArrayList<>();
    group.deliver(
        1,
        5,
        UnpooledByteBufAllocator.DEFAULT,
        (subscription, frame, block) ->
            delivered.add(block.count() + " up to " + block.position()));
    assertThat(delivered).containsExactly("2 up to 2");
    assertThat(group.lastDelivery()).isEqualTo(5);
  }

  @Test
  void asksForItsTurnOnceUntilItHasHadIt() {
    group.addLive(subscription());
    assertThat(group.offer(FrameTexts.at(1, "a"))).isTrue();

    group.unqueue();

    assertThat(group.offer(FrameTexts.at(2, "a"))).isTrue();
  }

  @Test
  void hasNothingToDoWhenNobodyIsLive() {
    assertThat(group.offer(FrameTexts.at(1, "a"))).isFalse();
    assertThat(group.scan().isIdle()).isTrue();
  }
}
