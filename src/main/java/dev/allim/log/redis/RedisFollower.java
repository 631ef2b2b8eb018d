package dev.allim.log.redis;

import dev.allim.log.LogRecord;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.engine.NoteFollowers;
import dev.allim.log.engine.Tail;
import dev.allim.topic.Topic;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The thread that follows the log: one blocking read brings what is new, whoever appended it, and
 * tells it on. It also makes the connections, and makes them anew when they are lost.
 */
final class RedisFollower implements AutoCloseable {
  /** How long a start waits for Redis. */
  private static final Duration AT_START = Duration.ofSeconds(10);

  /** How long one read waits for something new; then is looked whether the log is still the one. */
  private static final Duration A_READ = Duration.ofSeconds(1);

  /** Within which the log says how it stands, as long as all is well. */
  private static final Duration NORMAL = A_READ.multipliedBy(3);

  private static final int MOST_ENTRIES = 512;
  private static final int FEWEST_ENTRIES = 8;
  private static final long MANY_CHARACTERS = 4L << 20;

  private final RedisSettings settings;
  private final RedisSession.Source source;
  private final RedisScripts scripts;
  private final RedisStanding standing;
  private final Tail tail;
  private final NoteFollowers noting;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final SecureRandom random = new SecureRandom();
  private final BackOff tries = new BackOff(random);
  private final Thread thread = new Thread(this::run, "allim-redis");
  private volatile Optional<RedisSession> session = Optional.empty();
  private volatile String trouble = "Redis was not reached yet.";
  // of System.nanoTime: when was asked what was answered last, and as of when all was heard
  private volatile long asked;
  private volatile long heardAllOf;
  // the thread alone, and whoever opens before it is started
  private long news;
  private int entriesARead = MOST_ENTRIES;
  private String epochFollowed = "";

  RedisFollower(
      Redis redis,
      RedisSettings settings,
      RedisScripts scripts,
      RedisStanding standing,
      Tail tail,
      NoteFollowers noting,
      Clock clock,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.source = new RedisSession.Source(redis);
    this.scripts = scripts;
    this.standing = standing;
    this.tail = tail;
    this.noting = noting;
    this.clock = clock;
    this.nanoTime = nanoTime;
    thread.setDaemon(true);
  }

  /**
   * Connects for the first time, and follows from the head on.
   *
   * @throws LogUnavailableException if Redis cannot be reached for so long as a start waits
   */
  void start() {
    long end = nanoTime.getAsLong() + AT_START.toNanos();
    while (session.isEmpty()) {
      try {
        connect();
      } catch (LogUnavailableException failure) {
        if (nanoTime.getAsLong() > end) {
          throw failure;
        }
        tries.pause();
      }
    }
    heardAllOf = asked;
    standing.hear(standing.figures().head());
    standing.told().reach(standing.heard());
    thread.start();
  }

  /**
   * The connections, if all is well.
   *
   * @throws LogUnavailableException if not; says why
   */
  RedisSession session() {
    return session
        .filter(RedisSession::isOpen)
        .orElseThrow(() -> new LogUnavailableException(trouble));
  }

  /** How long ago all was heard that the log had, for all that is known; zero if that is all. */
  Duration behind() {
    long now = nanoTime.getAsLong();
    boolean level = standing.lag() == 0 && now - asked < NORMAL.toNanos();
    return level ? Duration.ZERO : Duration.ofNanos(Math.max(0, now - heardAllOf));
  }

  // ---- the thread

  private void run() {
    while (!tries.isOver()) {
      try {
        if (session.isEmpty()) {
          connect();
          RedisLog.LOG.info("Redis is there again; publishing and following go on");
        }
        tries.reset();
        follow(session.orElseThrow());
      } catch (RuntimeException | Error failure) {
        lost(failure);
        tries.pause();
      }
    }
  }

  private void connect() {
    RedisSession opened = RedisSession.open(source, settings, scripts, standing, random, clock);
    if (!epochFollowed.equals(standing.epoch())) {
      news = opened.news();
      epochFollowed = standing.epoch();
    }
    standing.follows(true);
    asked = nanoTime.getAsLong();
    session = Optional.of(opened);
    opened.broken().whenComplete((never, why) -> failed(why));
    noting.tellAll(); // what was kept meanwhile was told to nobody here
  }

  /** Any thread: nobody waits for what will not come. */
  private void failed(Throwable why) {
    trouble = RedisFaults.unavailable(why).getMessage();
    standing.follows(false);
  }

  private void lost(Throwable failure) {
    boolean wasWell = session.isPresent();
    session.ifPresent(
        lost -> {
          lost.fail(failure);
          lost.close();
        });
    session = Optional.empty();
    trouble = RedisFaults.unavailable(failure).getMessage();
    if (wasWell && !tries.isOver()) {
      RedisLog.LOG.errorf("Redis is gone: publishers are answered 503, readers wait. %s", trouble);
      RedisLog.LOG.debug("How it went", failure);
    }
  }

  private void follow(RedisSession current) {
    while (!tries.isOver()) {
      long expected = standing.figures().head();
      long expectedAt = asked;
      boolean behind = expected > standing.heard();
      long sent = nanoTime.getAsLong();
      CompletableFuture<List<Response>> next =
          current.follow(List.of(read(behind), RedisStanding.watch(settings)));
      List<Response> answers = current.await(next, settings.patience().plus(A_READ));
      standing.watched(answers.get(1));
      asked = sent; // the answer may have lain here since then, while this program slept
      take(Optional.ofNullable(answers.get(0)), expected);
      if (standing.heard() >= standing.figures().head()) {
        heardAllOf = sent;
      } else if (standing.heard() >= expected) {
        heardAllOf = expectedAt;
      }
    }
  }

  private Request read(boolean behind) {
    Request read = Request.cmd(Command.XREAD).arg("COUNT").arg(entriesARead);
    if (!behind) {
      read.arg("BLOCK").arg(A_READ.toMillis());
    }
    return read.arg("STREAMS")
        .arg(settings.log())
        .arg(settings.news())
        .arg(standing.heard() + "-0")
        .arg(news + "-0");
  }

  /**
   * What a read has brought.
   *
   * @param expected up to where the log went before it
   */
  private void take(Optional<Response> read, long expected) {
    int entries = read.map(found -> takeEntries(stream(found, settings.log()))).orElse(0);
    if (entries < entriesARead && standing.heard() < expected) {
      // nothing is kept there, and whoever follows finds out why
      standing.hear(expected);
      tail.appended(expected, List.of());
    }
    read.ifPresent(found -> stream(found, settings.news()).ifPresent(this::takeNews));
    standing.told().reach(standing.heard());
  }

  /** In the form of either version of the protocol: a map, or a list of pairs. */
  private static Optional<Response> stream(Response read, String key) {
    if (!read.isArray()) {
      return Optional.ofNullable(read.get(key));
    }
    for (Response pair : read) {
      if (RedisForm.text(pair.get(0)).equals(key)) {
        return Optional.of(pair.get(1));
      }
    }
    return Optional.empty();
  }

  private int takeEntries(Optional<Response> entries) {
    if (entries.isEmpty()) {
      return 0;
    }
    List<LogRecord> next = new ArrayList<>();
    long after = standing.heard();
    long characters = 0;
    for (LogRecord record : RedisForm.records(entries.get(), standing.ids())) {
      if (record.position() > after + next.size() + 1) {
        tell(after, next);
        next = new ArrayList<>();
        after = record.position() - 1;
      }
      next.add(record);
      characters += record.notification().characters();
    }
    tell(after, next);
    entriesARead =
        characters > MANY_CHARACTERS
            ? Math.max(FEWEST_ENTRIES, entriesARead / 4)
            : Math.min(MOST_ENTRIES, entriesARead * 2);
    return entries.get().size();
  }

  private void tell(long after, List<LogRecord> records) {
    if (!records.isEmpty()) {
      standing.hear(records.get(records.size() - 1).position());
      tail.appended(after, records);
    }
  }

  private void takeNews(Response entries) {
    for (Response entry : entries) {
      String id = RedisForm.text(entry.get(0));
      news = Long.parseLong(id.substring(0, id.indexOf('-')));
      Response flat = entry.get(1);
      String what = RedisForm.text(flat.get(1));
      if (what.equals("noted")) {
        noting.tell(RedisForm.text(flat.get(3)));
      } else if (what.equals("purged")) {
        tail.truncated(
            new Topic(RedisForm.text(flat.get(3))), Long.parseLong(RedisForm.text(flat.get(5))));
      } else if (what.equals("deleted")) {
        String positions = RedisForm.text(flat.get(3));
        tail.deleted(Stream.of(positions.split(" ", -1)).map(Long::valueOf).toList());
      }
    }
    standing.news().reach(news);
  }

  @Override
  public void close() {
    tries.end();
    session.ifPresent(
        open -> open.fail(new LogUnavailableException("The program is about to end.")));
    session.ifPresent(RedisSession::close);
    try {
      thread.join(settings.patience().toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
