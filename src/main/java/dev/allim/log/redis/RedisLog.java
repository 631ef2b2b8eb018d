package dev.allim.log.redis;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendResult;
import dev.allim.log.Location;
import dev.allim.log.LogEngine;
import dev.allim.log.LogRecord;
import dev.allim.log.LogStart;
import dev.allim.log.LogStatus;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.Notes;
import dev.allim.log.Page;
import dev.allim.log.Places;
import dev.allim.log.SharedRoster;
import dev.allim.log.TailListener;
import dev.allim.log.engine.NoteFollowers;
import dev.allim.log.engine.Tail;
import dev.allim.log.retention.RetentionTask;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The log on a Redis Stream, which any number of programs share: all is decided by scripts in
 * Redis, once for all of them; src/docs/redis.md has its keys and what each costs. Blocks, but for
 * {@link #append}. While Redis is gone all fails by {@link LogUnavailableException}, at once.
 */
public final class RedisLog implements LogEngine {
  static final Logger LOG = Logger.getLogger(RedisLog.class);

  private static final int GOES_AT_ONCE = 256;

  private final RedisSettings settings;
  private final Clock clock;
  private final Tail tail = new Tail();
  private final RedisStanding standing = new RedisStanding();
  private final RedisFollower follower;
  private final RedisAppends appends;
  private final RedisTimetable timetable;
  private final RedisReader reader;
  private final RedisNotes notes;
  private final RedisDeletion deletion;
  private volatile Optional<RetentionTask> retentionTask = Optional.empty();

  /**
   * Opens it, and makes it if there is none.
   *
   * @param redis reaches the server; not closed here
   * @throws LogUnavailableException if that cannot be reached, or the log was made by a newer
   *     version of this program
   */
  public RedisLog(Redis redis, RedisSettings settings, Clock clock, LongSupplier nanoTime) {
    RedisScripts scripts = new RedisScripts(settings.log());
    this.settings = settings;
    this.clock = clock;
    NoteFollowers noting = new NoteFollowers();
    this.follower =
        new RedisFollower(redis, settings, scripts, standing, tail, noting, clock, nanoTime);
    this.appends = new RedisAppends(settings, follower, standing, clock);
    this.timetable = new RedisTimetable(appends, follower, standing, clock);
    this.reader = new RedisReader(redis, settings, scripts, standing, follower, clock);
    this.deletion = new RedisDeletion(reader, standing, settings.patience(), clock);
    this.notes = new RedisNotes(settings, reader, standing, noting, clock);
    follower.start();
    new RedisAdvice(redis, settings).warnings().forEach(LOG::warn);
  }

  /** The same, sweeping by itself until it is closed. */
  public RedisLog enforcingRetentionEvery(Duration interval) {
    retentionTask = Optional.of(new RetentionTask(this, clock, interval));
    return this;
  }

  // ---- appending

  @Override
  public CompletionStage<List<AppendResult>> append(List<AppendRequest> group) {
    return soon(() -> appends.append(group));
  }

  @Override
  public CompletionStage<Integer> deliverDue(Instant now, int most) {
    return soon(() -> timetable.deliverDue(now, most));
  }

  @Override
  public CompletionStage<Boolean> cancel(EventId id, Predicate<Notification> allowed) {
    return soon(() -> timetable.cancel(id, allowed));
  }

  private static <T> CompletionStage<T> soon(Supplier<CompletionStage<T>> task) {
    try {
      return task.get();
    } catch (RuntimeException | Error failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  @Override
  public Optional<Instant> nextDue() {
    return standing.figures().due();
  }

  @Override
  public boolean keepsIds() {
    return false;
  }

  @Override
  public Optional<SharedRoster> sharedRoster() {
    return Optional.of(reader.roster());
  }

  @Override
  public boolean isShared() {
    return true;
  }

  // ---- following

  @Override
  public Registration tail(long after, TailListener listener) {
    return tail.follow(after, listener, standing::heard);
  }

  @Override
  public Optional<Notes> notes() {
    return Optional.of(notes);
  }

  @Override
  public void probe() {
    follower.session();
    tail.appended(standing.heard(), List.of());
  }

  @Override
  public LogStatus status() {
    RedisStanding.Figures figures = standing.figures();
    return new LogStatus(
        standing.heard(),
        follower.behind().compareTo(settings.grace()) < 0,
        figures.count(),
        figures.bytes(),
        standing.lag(),
        follower.behind(),
        "redis:" + settings.name());
  }

  @Override
  public boolean hasReusedIds() {
    return standing.figures().doubts();
  }

  @Override
  public Places places() {
    return standing.places();
  }

  // ---- reading

  @Override
  public Location locate(LogStart start, TopicFilter filter) {
    return reader.locate(start, filter);
  }

  @Override
  public Page read(long after, TopicFilter filter, int most, int mostBytes) {
    return reader.read(after, filter, most, mostBytes);
  }

  @Override
  public Page readBack(long before, TopicFilter filter, int most, int mostBytes) {
    return reader.readBack(before, filter, most, mostBytes);
  }

  @Override
  public RedisSnapshot state(TopicFilter filter) {
    return new RedisSnapshot(reader, standing, clock, filter, standing.heard());
  }

  @Override
  public List<LogRecord> retainCurrent(TopicFilter filter, List<LogRecord> items) {
    return state(filter).of(items);
  }

  // ---- letting go

  @Override
  public int purge(Topic topic) {
    return deletion.purge(topic);
  }

  @Override
  public int delete(List<Long> positions) {
    return deletion.delete(positions);
  }

  @Override
  public void enforceRetention(Instant now) {
    boolean more = true;
    while (more) {
      Response answer =
          reader.run(
              RedisScript.SWEEP,
              standing.epoch(),
              now.toEpochMilli(),
              RedisAppends.plausible(now),
              settings.maxAge().map(age -> now.minus(age).toEpochMilli()).orElse(-1L),
              settings.maxCount().orElse(-1),
              settings.refusedAbove() == 0 ? -1 : settings.maxBytes(),
              GOES_AT_ONCE);
      standing.update(answer.get(0));
      more = RedisStanding.number(answer, 1) == 1;
      if (RedisStanding.number(answer, 2) == 1) {
        LOG.warn(
            "The history was written by a clock that was ahead of this machine's: what is stamped"
                + " later than now counts as published now. Is this machine's clock right?");
      }
    }
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public void close() {
    retentionTask.ifPresent(RetentionTask::close);
    follower.close();
  }
}
