package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.Interest;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Places in the arrays of a cohort and of a lane, and what a turn brings. */
class CohortTest {
  private final Cohort cohort = new Cohort(Interest.everything());

  private Subscription subscription() {
    return new Subscription(new RecordingWire(), cohort, 0, 0, Long.MAX_VALUE, () -> {});
  }

  @Property(tries = 200)
  void holdsExactlyThoseWhoCameAndDidNotGo(@ForAll List<Integer> steps) {
    Roster roster = new Roster();
    Cohort live = new Cohort(Interest.everything());
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
    assertThat(live(live)).containsExactlyInAnyOrderElementsOf(model);
  }

  @Test
  void growsAndShrinksWithItsMembers() {
    Roster roster = new Roster();
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
    assertThat(new HashSet<>(live(cohort))).isEqualTo(left);
  }

  private static List<Subscription> members(Roster roster) {
    List<Subscription> members = new ArrayList<>();
    for (int i = 0; i < roster.size(); i++) {
      assertThat(roster.get(i).laneSlot).isEqualTo(i);
      members.add(roster.get(i));
    }
    return members;
  }

  private static List<Subscription> live(Cohort cohort) {
    List<Subscription> live = new ArrayList<>();
    for (int i = 0; i < cohort.liveCount(); i++) {
      assertThat(cohort.live(i).cohortSlot).isEqualTo(i);
      live.add(cohort.live(i));
    }
    return live;
  }

  @Test
  void countsTheSameNotificationOnceATurn() {
    Published first = FrameTexts.at(1, "a");
    Published second = FrameTexts.at(2, "a");

    assertThat(cohort.offer(first)).isTrue();
    assertThat(cohort.offer(first)).isFalse();
    assertThat(cohort.offer(second)).isFalse();
    assertThat(cohort.pending()).containsExactly(first, second);

    cohort.delivered(5);
    assertThat(cohort.pending()).isEmpty();
    assertThat(cohort.lastDelivery()).isEqualTo(5);
    assertThat(cohort.offer(second)).isTrue();
  }

  @Test
  void holdsWhatATurnBringsUntilItIsOver() {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    Published published = FrameTexts.at(allocator, 1, "a");
    cohort.offer(published);

    published.frame().release();

    assertThat(allocator.metric().usedDirectMemory()).isPositive();
    cohort.delivered(0);
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }
}
