package dev.allim.log.memory;

import dev.allim.log.AppendBatch;
import dev.allim.log.AppendPlan;
import dev.allim.log.AppendRequest;
import dev.allim.log.AppendResult;
import dev.allim.log.IdempotencyKey;
import dev.allim.log.IdempotencyRecord;
import dev.allim.log.LogEngine;
import dev.allim.log.LogRecord;
import dev.allim.log.LogTime;
import dev.allim.log.Page;
import dev.allim.log.PageLimit;
import dev.allim.log.Places;
import dev.allim.log.SideBudget;
import dev.allim.log.SideRoom;
import dev.allim.log.Snapshot;
import dev.allim.log.Tail;
import dev.allim.log.TailListener;
import dev.allim.notification.EventId;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Keeps the newest in memory, until the program ends. Never waits for anything but another short
 * call: an event loop may call it.
 */
public final class MemoryLog implements LogEngine {
  private static final int COUNT = 16_384;
  private static final long CHARACTERS = 16L << 20;

  private final Clock clock;
  private final int mostCount;
  private final long mostCharacters;
  private final NavigableMap<Long, LogRecord> kept = new ConcurrentSkipListMap<>();
  private final Map<EventId, Long> positions = new ConcurrentHashMap<>();
  private final MemoryTruncationMarks marks = new MemoryTruncationMarks();
  private final MemoryIds ids = new MemoryIds();
  private final Places places = new Places(newKey(), new SecureRandom());
  private final MemoryAgenda agenda;
  private final Tail tail = new Tail();
  private volatile long head;
  // under this object's lock, as is every change of what is kept
  private long count;
  private long characters;
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
    this.agenda = new MemoryAgenda(beside);
    this.clock = clock;
    this.mostCount = mostCount;
    this.mostCharacters = mostCharacters;
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
    agenda.dropExpiredKeys(now);
    AppendPlan<RuntimeException> plan = AppendPlan.of(group, known(now), head, now);
    commit(plan.batch(), now);
    return plan.results();
  }

  private AppendPlan.Known<RuntimeException> known(Instant now) {
    return new AppendPlan.Known<>() {
      @Override
      public boolean isTaken(AppendRequest.Entry entry) {
        return positions.containsKey(entry.id()) || agenda.isPending(entry.id());
      }

      @Override
      public Optional<IdempotencyRecord> receipt(IdempotencyKey key) {
        return agenda.receipt(key.text(), now);
      }

      @Override
      public SideBudget budget() {
        return agenda.budget();
      }
    };
  }

  private void commit(AppendBatch batch, Instant now) {
    settleTimes(now);
    lastPublished = now.isAfter(lastPublished) ? now : lastPublished;
    long before = head;
    List<LogRecord> appended = LogRecord.behind(before, lastPublished, batch.notifications());
    appended.forEach(this::keep);
    agenda.take(batch, now);
    head += appended.size();
    letGoWhatIsTooMuch();
    if (!appended.isEmpty()) {
      tail.appended(before, appended);
    }
  }

  /** See {@link LogTime}. */
  private void settleTimes(Instant now) {
    if (LogTime.isAhead(lastPublished, now)) {
      kept.replaceAll((position, stored) -> stored.publishedBy(now));
      marks.settleTimes(now);
      lastPublished = now;
    }
  }

  private void keep(LogRecord stored) {
    kept.put(stored.position(), stored);
    ids.kept(stored.notification().id());
    positions.put(stored.notification().id(), stored.position());
    count++;
    characters += stored.notification().data().length();
  }

  private void letGoWhatIsTooMuch() {
    while (count > mostCount || characters > mostCharacters) {
      letGo(kept.firstEntry().getValue(), lastPublished);
    }
  }

  private void letGo(LogRecord stored, Instant now) {
    kept.remove(stored.position());
    positions.remove(stored.notification().id());
    ids.gone(stored.notification().id());
    count--;
    characters -= stored.notification().data().length();
    if (!stored.notification().expiredAt(now)) {
      marks.mark(stored);
    }
  }

  @Override
  public long head() {
    return head;
  }

  @Override
  public OptionalLong find(EventId id) {
    OptionalLong found = id.isPlace() ? places.open(id) : position(id);
    return found.isPresent() && found.getAsLong() <= head ? found : OptionalLong.empty();
  }

  private OptionalLong position(EventId id) {
    Long position = positions.get(id);
    return position == null || ids.isDoubtful(id)
        ? OptionalLong.empty()
        : OptionalLong.of(position);
  }

  @Override
  public boolean isKept(EventId id) {
    return positions.containsKey(id);
  }

  @Override
  public boolean hasReusedIds() {
    return ids.any();
  }

  @Override
  public Places places() {
    return places;
  }

  @Override
  public Page read(long after, TopicFilter interest, int most, int mostBytes) {
    long upTo = head;
    if (after >= upTo) {
      return new Page(List.of(), after, true);
    }
    PageLimit page = new PageLimit(clock.instant(), most, mostBytes);
    for (LogRecord stored : kept.subMap(after, false, upTo, true).values()) {
      if (page.admits(interest, stored.notification())) {
        page.add(stored);
      }
      if (page.isFull()) {
        return new Page(page.items(), stored.position(), stored.position() == upTo);
      }
    }
    return new Page(page.items(), upTo, true);
  }

  @Override
  public Snapshot state(TopicFilter interest, long upTo) {
    return new MemorySnapshot(kept.headMap(upTo, true), clock, interest, upTo);
  }

  @Override
  public long before(Instant instant) {
    for (LogRecord stored : kept.descendingMap().values()) {
      if (stored.published().isBefore(instant)) {
        return Math.max(stored.position(), marks.before(instant));
      }
    }
    return marks.before(instant);
  }

  @Override
  public long earliest() {
    Map.Entry<Long, LogRecord> oldest = kept.firstEntry();
    return oldest == null ? head : oldest.getKey() - 1;
  }

  @Override
  public long forgottenUpTo(TopicFilter interest) {
    return marks.upTo(interest);
  }

  @Override
  public Registration tail(long after, TailListener listener) {
    return tail.follow(after, listener, this::head);
  }

  @Override
  public synchronized int purge(Topic topic) {
    Instant now = clock.instant();
    List<LogRecord> doomed =
        kept.values().stream()
            .filter(stored -> stored.notification().canonicalTopic().equals(topic))
            .toList();
    doomed.forEach(stored -> letGo(stored, now));
    tail.truncated(topic, head);
    return doomed.size();
  }

  @Override
  public synchronized void sweep(Instant now) {
    kept.values().stream()
        .filter(stored -> stored.notification().expiredAt(now))
        .toList()
        .forEach(stored -> letGo(stored, now));
  }

  @Override
  public synchronized void probe() {
    tail.appended(head, List.of());
  }

  @Override
  public CompletionStage<Integer> deliverDue(Instant now, int most) {
    return CompletableFuture.completedFuture(deliverNow(now, most));
  }

  private synchronized int deliverNow(Instant now, int most) {
    AppendBatch due = AppendBatch.due(agenda.dueBy(now, most));
    commit(due, clock.instant());
    return due.notifications().size();
  }

  @Override
  public CompletionStage<Boolean> cancel(EventId id) {
    return CompletableFuture.completedFuture(cancelNow(id));
  }

  private synchronized boolean cancelNow(EventId id) {
    boolean waits = agenda.isPending(id);
    agenda.take(AppendBatch.cancelled(id), clock.instant());
    return waits;
  }

  @Override
  public Optional<Instant> nextDue() {
    return agenda.nextDue();
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
