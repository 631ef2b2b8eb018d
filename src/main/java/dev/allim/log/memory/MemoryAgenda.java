package dev.allim.log.memory;

import dev.allim.log.append.AppendBatch;
import dev.allim.log.append.DelayedNotification;
import dev.allim.log.append.IdempotencyRecord;
import dev.allim.log.append.SideBudget;
import dev.allim.log.append.SideRoom;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What waits for its time, and receipts, in memory. What waits is never dropped. */
final class MemoryAgenda {
  /** Counted from the beginning, and never anew. */
  private static final int ONCE = 0;

  private final SideBudget budget;
  private final Map<EventId, Waiting> pending = new HashMap<>();
  private final TreeSet<Waiting> byTime =
      new TreeSet<>(
          Comparator.comparing((Waiting waiting) -> waiting.deferred().at())
              .thenComparingLong(Waiting::number));
  private final Map<String, IdempotencyRecord> receipts = new LinkedHashMap<>();
  private long number;

  MemoryAgenda(SideRoom limit) {
    budget = new SideBudget(limit);
  }

  SideBudget budget() {
    return budget;
  }

  private record Waiting(DelayedNotification deferred, long number) {}

  /** Takes what a batch has for it. */
  synchronized void take(AppendBatch batch, Instant now) {
    for (EventId id : batch.due()) {
      Optional.ofNullable(pending.remove(id)).ifPresent(this::goes);
    }
    for (DelayedNotification deferred : batch.deferred()) {
      Waiting waiting = new Waiting(deferred, number++);
      pending.put(deferred.notification().id(), waiting);
      byTime.add(waiting);
    }
    dropExpiredKeys(now);
    batch.receipts().forEach(receipt -> receipts.put(receipt.key(), receipt));
    budget.book(SideRoom.of(batch.deferred(), batch.receipts()), SideRoom.NONE, ONCE);
  }

  private void goes(Waiting waiting) {
    byTime.remove(waiting);
    budget.book(SideRoom.NONE, SideRoom.of(waiting.deferred()), ONCE);
  }

  /** The oldest stand first. */
  synchronized void dropExpiredKeys(Instant now) {
    Iterator<IdempotencyRecord> oldest = receipts.values().iterator();
    while (oldest.hasNext()) {
      IdempotencyRecord next = oldest.next();
      if (next.expires().isAfter(now)) {
        return;
      }
      oldest.remove();
      budget.book(SideRoom.NONE, SideRoom.of(next), ONCE);
    }
  }

  public synchronized List<DelayedNotification> dueBy(Instant now, int most) {
    List<DelayedNotification> due = new ArrayList<>();
    for (Waiting waiting : byTime) {
      if (due.size() == most || waiting.deferred().at().isAfter(now)) {
        break;
      }
      due.add(waiting.deferred());
    }
    return due;
  }

  public synchronized Optional<Instant> nextDue() {
    return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().deferred().at());
  }

  public synchronized boolean isPending(EventId id) {
    return pending.containsKey(id);
  }

  /** What waits with this id. */
  synchronized Optional<Notification> pending(EventId id) {
    return Optional.ofNullable(pending.get(id)).map(waiting -> waiting.deferred().notification());
  }

  public synchronized Optional<IdempotencyRecord> receipt(String key, Instant now) {
    return Optional.ofNullable(receipts.get(key)).filter(receipt -> receipt.expires().isAfter(now));
  }
}
