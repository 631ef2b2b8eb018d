package dev.allim.log.memory;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendResult;
import dev.allim.log.IdempotencyKey;
import dev.allim.log.Location;
import dev.allim.log.LogEngine;
import dev.allim.log.LogRecord;
import dev.allim.log.LogStart;
import dev.allim.log.LogStatus;
import dev.allim.log.Notes;
import dev.allim.log.Page;
import dev.allim.log.Places;
import dev.allim.log.Snapshot;
import dev.allim.log.TailListener;
import dev.allim.log.append.AppendBatch;
import dev.allim.log.append.AppendPlan;
import dev.allim.log.append.IdempotencyRecord;
import dev.allim.log.append.SideBudget;
import dev.allim.log.append.SideRoom;
import dev.allim.log.engine.LogTime;
import dev.allim.log.engine.Tail;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Keeps the newest in memory, until the program ends. Never waits for anything but another short
 * call: an event loop may call it.
 */
public final class MemoryLog implements LogEngine {
  private static final int COUNT = 16_384;
  private static final long CHARACTERS = 16L << 20;

  private final Clock clock;
  private final Places places = new Places(newKey(), new SecureRandom());
  private final MemoryRecords records;
  private final SideBudget budget;
  private final MemoryDelayed delayed;
  private final Tail tail = new Tail();
  private final MemoryNotes notes;
  // under this object's lock, as is every change of what is kept
  private final MemoryReceipts receipts;
  private Instant lastPublished = Instant.MIN;

  /** Keeps as much as the hub's ring of recent frames does by default. */
  public MemoryLog() {
    this(Clock.systemUTC(), COUNT, CHARACTERS, SideRoom.USUAL);
  }

  /**
   * Keeps at most so many notifications, and so many characters of their data; beside them what
   * waits and idempotency keys, as far as there is room.
   */
  public MemoryLog(Clock clock, int mostCount, long mostCharacters, SideRoom beside) {
    this.budget = new SideBudget(beside);
    this.delayed = new MemoryDelayed(budget);
    this.receipts = new MemoryReceipts(budget);
    this.notes = new MemoryNotes(clock);
    this.clock = clock;
    this.records = new MemoryRecords(clock, places, mostCount, mostCharacters);
  }

  private static byte[] newKey() {
    byte[] key = new byte[Places.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  @Override
  public CompletionStage<List<AppendResult>> append(List<AppendRequest> group) {
    return CompletableFuture.completedFuture(appendNow(group));
  }

  private synchronized List<AppendResult> appendNow(List<AppendRequest> group) {
    Instant now = clock.instant();
    receipts.dropExpired(now);
    AppendPlan<RuntimeException> plan = AppendPlan.of(group, known(now), records.head(), now);
    commit(plan.batch(), now);
    return plan.results();
  }

  private AppendPlan.Known<RuntimeException> known(Instant now) {
    return new AppendPlan.Known<>() {
      @Override
      public boolean isTaken(AppendRequest.Entry entry) {
        return records.isKept(entry.id()) || delayed.isPending(entry.id());
      }

      @Override
      public Optional<IdempotencyRecord> receipt(IdempotencyKey key) {
        return receipts.find(key.text(), now);
      }

      @Override
      public SideBudget budget() {
        return budget;
      }
    };
  }

  private void commit(AppendBatch batch, Instant now) {
    settleTimes(now);
    lastPublished = now.isAfter(lastPublished) ? now : lastPublished;
    long before = records.head();
    List<LogRecord> appended = LogRecord.behind(before, lastPublished, batch.notifications());
    delayed.take(batch.due(), batch.deferred());
    receipts.keep(batch.receipts());
    records.append(appended, lastPublished);
    if (!appended.isEmpty()) {
      tail.appended(before, appended);
    }
  }

  /** See {@link LogTime}. */
  private void settleTimes(Instant now) {
    if (LogTime.isAhead(lastPublished, now)) {
      records.settleTimes(now);
      lastPublished = now;
    }
  }

  @Override
  public LogStatus status() {
    return new LogStatus(records.head(), true, records.count(), records.characters(), "memory");
  }

  @Override
  public Location locate(LogStart start, TopicFilter filter) {
    return records.locate(start, filter);
  }

  @Override
  public boolean hasReusedIds() {
    return records.hasReusedIds();
  }

  @Override
  public Places places() {
    return places;
  }

  @Override
  public Page read(long after, TopicFilter filter, int most, int mostBytes) {
    return records.read(after, filter, most, mostBytes);
  }

  @Override
  public Page readBack(long before, TopicFilter filter, int most, int mostBytes) {
    return records.readBack(before, filter, most, mostBytes);
  }

  @Override
  public Snapshot state(TopicFilter filter) {
    return records.state(filter);
  }

  @Override
  public List<LogRecord> retainCurrent(TopicFilter filter, List<LogRecord> items) {
    return records.state(filter).of(items);
  }

  @Override
  public Registration tail(long after, TailListener listener) {
    return tail.follow(after, listener, records::head);
  }

  @Override
  public synchronized int purge(Topic topic) {
    int purged =
        records.letGo(
            stored -> stored.notification().canonicalTopic().equals(topic), clock.instant());
    tail.truncated(topic, records.head());
    return purged;
  }

  @Override
  public synchronized int delete(List<Long> positions) {
    int deleted = records.letGo(positions, clock.instant());
    tail.deleted(positions);
    return deleted;
  }

  @Override
  public synchronized void enforceRetention(Instant now) {
    records.letGo(stored -> stored.notification().expiredAt(now), now);
  }

  @Override
  public synchronized void probe() {
    tail.appended(records.head(), List.of());
  }

  @Override
  public CompletionStage<Integer> deliverDue(Instant now, int most) {
    return CompletableFuture.completedFuture(deliverNow(now, most));
  }

  private synchronized int deliverNow(Instant now, int most) {
    AppendBatch due = AppendBatch.due(delayed.dueBy(now, most));
    commit(due, clock.instant());
    return due.notifications().size();
  }

  @Override
  public CompletionStage<Boolean> cancel(EventId id, Predicate<Notification> allowed) {
    return CompletableFuture.completedFuture(cancelNow(id, allowed));
  }

  private synchronized boolean cancelNow(EventId id, Predicate<Notification> allowed) {
    if (delayed.pending(id).filter(allowed).isEmpty()) {
      return false;
    }
    delayed.take(List.of(id), List.of());
    return true;
  }

  @Override
  public Optional<Instant> nextDue() {
    return delayed.nextDue();
  }

  @Override
  public Optional<Notes> notes() {
    return Optional.of(notes);
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
