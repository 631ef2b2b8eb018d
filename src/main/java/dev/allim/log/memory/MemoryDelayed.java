package dev.allim.log.memory;

import dev.allim.log.append.DelayedNotification;
import dev.allim.log.append.SideBudget;
import dev.allim.log.append.SideRoom;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What waits for its time, in memory. It is never dropped. Any thread. */
final class MemoryDelayed {
  /** Counted from the beginning, and never anew. */
  private static final int ONCE = 0;

  private final SideBudget budget;
  private final Map<EventId, Waiting> pending = new HashMap<>();
  private final TreeSet<Waiting> byTime =
      new TreeSet<>(
          Comparator.comparing((Waiting waiting) -> waiting.deferred().at())
              .thenComparingLong(Waiting::number));
  private long number;

  /** Takes its room out of this budget. */
  MemoryDelayed(SideBudget budget) {
    this.budget = budget;
  }

  private record Waiting(DelayedNotification deferred, long number) {}

  /** Some have been delivered or cancelled, others wait from now on. */
  synchronized void take(List<EventId> gone, List<DelayedNotification> come) {
    for (EventId id : gone) {
      Optional.ofNullable(pending.remove(id)).ifPresent(this::goes);
    }
    for (DelayedNotification deferred : come) {
      Waiting waiting = new Waiting(deferred, number++);
      pending.put(deferred.notification().id(), waiting);
      byTime.add(waiting);
      budget.book(SideRoom.of(deferred), SideRoom.NONE, ONCE);
    }
  }

  private void goes(Waiting waiting) {
    byTime.remove(waiting);
    budget.book(SideRoom.NONE, SideRoom.of(waiting.deferred()), ONCE);
  }

  /** Those whose time has come, the earliest first. */
  synchronized List<DelayedNotification> dueBy(Instant now, int most) {
    List<DelayedNotification> due = new ArrayList<>();
    for (Waiting waiting : byTime) {
      if (due.size() == most || waiting.deferred().at().isAfter(now)) {
        break;
      }
      due.add(waiting.deferred());
    }
    return due;
  }

  synchronized Optional<Instant> nextDue() {
    return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().deferred().at());
  }

  synchronized boolean isPending(EventId id) {
    return pending.containsKey(id);
  }

  /** What waits with this id. */
  synchronized Optional<Notification> pending(EventId id) {
    return Optional.ofNullable(pending.get(id)).map(waiting -> waiting.deferred().notification());
  }
}
