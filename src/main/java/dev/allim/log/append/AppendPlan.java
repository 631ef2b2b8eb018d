package dev.allim.log.append;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendRequest.Entry;
import dev.allim.log.AppendRequest.Idempotency;
import dev.allim.log.AppendResult;
import dev.allim.log.IdempotencyKey;
import dev.allim.notification.Accepted;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Decides what becomes of each publication of a group: it is checked against the log and against
 * those before it, and one that is refused leaves nothing behind. What is left is one batch. For
 * one thread, under whatever keeps others from appending meanwhile.
 *
 * @param <X> what asking the engine may throw
 */
public final class AppendPlan<X extends Exception> {
  private static final Duration KEYS_ARE_KEPT = Duration.ofHours(24);

  private final Known<X> known;
  private final Instant now;
  private final long before;
  private final List<Notification> notifications = new ArrayList<>();
  private final List<DelayedNotification> deferred = new ArrayList<>();
  private final Map<IdempotencyKey, IdempotencyRecord> receipts = new HashMap<>();
  private final Set<EventId> ids = new HashSet<>();
  private final List<AppendResult> results = new ArrayList<>();
  private SideRoom taken;

  /**
   * What the engine holds when the group comes.
   *
   * @param <X> what asking may throw
   */
  public interface Known<X extends Exception> {
    /** Whether the id is that of a notification that is kept or waits. */
    boolean isTaken(Entry entry) throws X;

    /** The receipt of this key, unless it has expired. */
    Optional<IdempotencyRecord> receipt(IdempotencyKey key) throws X;

    /** The room beside the history. */
    SideBudget budget();
  }

  private AppendPlan(Known<X> known, long before, Instant now) {
    this.known = known;
    this.taken = known.budget().used();
    this.before = before;
    this.now = now;
  }

  /** Decides about {@code group}, which gets the positions behind {@code before}. */
  public static <X extends Exception> AppendPlan<X> of(
      List<AppendRequest> group, Known<X> known, long before, Instant now) throws X {
    AppendPlan<X> plan = new AppendPlan<>(known, before, now);
    for (AppendRequest request : group) {
      plan.results.add(plan.decide(request));
    }
    return plan;
  }

  /** What is to be written. */
  public AppendBatch batch() {
    return new AppendBatch(notifications, deferred, List.of(), List.copyOf(receipts.values()));
  }

  /** What becomes of each publication once that is written. */
  public List<AppendResult> results() {
    return results;
  }

  private AppendResult decide(AppendRequest request) throws X {
    if (request.idempotency().isPresent()) {
      Optional<AppendResult> before = answered(request.idempotency().get(), OptionalInt.empty());
      if (before.isPresent()) {
        return before.get();
      }
    }
    Draft draft = new Draft();
    for (int i = 0; i < request.entries().size(); i++) {
      Optional<AppendResult> refusal = draft.add(request.entries().get(i), i);
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    return draft.accept(request);
  }

  /** A publication that is being checked; it touches the plan only when all of it is sound. */
  private final class Draft {
    private final List<Entry> fresh = new ArrayList<>();
    private final List<Accepted> answer = new ArrayList<>();
    private final Set<EventId> ownIds = new HashSet<>();
    private final Set<IdempotencyKey> ownKeys = new HashSet<>();

    /** Why all of it is refused, absent if it is not. */
    Optional<AppendResult> add(Entry entry, int index) throws X {
      if (entry.idempotency().isPresent()) {
        Idempotency key = entry.idempotency().get();
        if (!ownKeys.add(key.key())) {
          return Optional.of(new AppendResult.KeyReused(OptionalInt.of(index), key.key(), true));
        }
        Optional<AppendResult> before = answered(key, OptionalInt.of(index));
        if (before.isPresent()) {
          return repeat(before.get());
        }
      }
      return addFresh(entry, index);
    }

    private Optional<AppendResult> repeat(AppendResult before) {
      if (before instanceof AppendResult.Repeated repeated) {
        answer.addAll(repeated.entries());
        return Optional.empty();
      }
      return Optional.of(before);
    }

    private Optional<AppendResult> addFresh(Entry entry, int index) throws X {
      if (!ownIds.add(entry.id()) || ids.contains(entry.id()) || known.isTaken(entry)) {
        return Optional.of(new AppendResult.IdTaken(index, entry.id()));
      }
      answer.add(accepted(entry));
      fresh.add(entry);
      return Optional.empty();
    }

    /** What is there keeps its room; what is delivered at once needs none of it. */
    AppendResult accept(AppendRequest request) {
      List<DelayedNotification> waiting = new ArrayList<>();
      Map<IdempotencyKey, IdempotencyRecord> records = new HashMap<>();
      for (Entry entry : fresh) {
        entry
            .deliverAt()
            .ifPresent(at -> waiting.add(new DelayedNotification(entry.notification(), at)));
        entry
            .idempotency()
            .ifPresent(key -> records.put(key.key(), record(key, List.of(accepted(entry)))));
      }
      request.idempotency().ifPresent(key -> records.put(key.key(), record(key, answer)));
      return reserve(SideRoom.of(waiting, records.values()))
          .orElseGet(() -> keep(waiting, records));
    }

    private AppendResult keep(
        List<DelayedNotification> waiting, Map<IdempotencyKey, IdempotencyRecord> records) {
      int first = notifications.size();
      ids.addAll(ownIds);
      fresh.stream()
          .filter(entry -> !isLater(entry))
          .forEach(entry -> notifications.add(entry.notification()));
      deferred.addAll(waiting);
      receipts.putAll(records);
      long upTo = notifications.size() == first ? 0 : before + notifications.size();
      return new AppendResult.Appended(answer, upTo);
    }

    private static Accepted accepted(Entry entry) {
      return new Accepted(entry.id(), entry.deliverAt());
    }

    private static boolean isLater(Entry entry) {
      return entry.deliverAt().isPresent();
    }
  }

  // ---- the room beside the history

  /** Why there is none for {@code more}, absent if there is: then it is taken. */
  private Optional<AppendResult> reserve(SideRoom more) {
    SideRoom limit = known.budget().limit();
    SideRoom then = taken.plus(more);
    if (more.delayed() > 0 && then.delayed() > limit.delayed()) {
      return Optional.of(new AppendResult.NoRoom(AppendResult.Budget.DELAYED, limit.delayed()));
    }
    if (more.keys() > 0 && then.keys() > limit.keys()) {
      return Optional.of(new AppendResult.NoRoom(AppendResult.Budget.KEYS, limit.keys()));
    }
    taken = then;
    return Optional.empty();
  }

  // ---- the same publish again

  private Optional<AppendResult> answered(Idempotency key, OptionalInt index) throws X {
    IdempotencyRecord own = receipts.get(key.key());
    Optional<IdempotencyRecord> receipt = own == null ? known.receipt(key.key()) : Optional.of(own);
    return receipt.map(
        found ->
            found.fingerprint().equals(key.fingerprint())
                ? new AppendResult.Repeated(found.accepted())
                : new AppendResult.KeyReused(index, key.key(), false));
  }

  private IdempotencyRecord record(Idempotency key, List<Accepted> answer) {
    return new IdempotencyRecord(
        key.key().text(),
        key.fingerprint(),
        IdempotencyRecord.text(answer),
        now.plus(KEYS_ARE_KEPT));
  }
}
