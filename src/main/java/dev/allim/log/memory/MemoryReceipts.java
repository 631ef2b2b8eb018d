package dev.allim.log.memory;

import dev.allim.log.append.IdempotencyRecord;
import dev.allim.log.append.SideBudget;
import dev.allim.log.append.SideRoom;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The receipts of publishes with an idempotency key, in memory. One thread at a time. */
final class MemoryReceipts {
  /** Counted from the beginning, and never anew. */
  private static final int ONCE = 0;

  private final SideBudget budget;
  private final Map<String, IdempotencyRecord> receipts = new LinkedHashMap<>();

  /** Takes its room out of this budget. */
  MemoryReceipts(SideBudget budget) {
    this.budget = budget;
  }

  void keep(List<IdempotencyRecord> come) {
    for (IdempotencyRecord receipt : come) {
      receipts.put(receipt.key(), receipt);
      budget.book(SideRoom.of(receipt), SideRoom.NONE, ONCE);
    }
  }

  /** The oldest stand first. */
  void dropExpired(Instant now) {
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

  Optional<IdempotencyRecord> find(String key, Instant now) {
    return Optional.ofNullable(receipts.get(key)).filter(receipt -> receipt.expires().isAfter(now));
  }
}
