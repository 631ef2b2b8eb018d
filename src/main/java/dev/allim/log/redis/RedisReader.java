package dev.allim.log.redis;

import dev.allim.log.Location;
import dev.allim.log.LogRecord;
import dev.allim.log.LogStart;
import dev.allim.log.Page;
import dev.allim.log.PageLimit;
import dev.allim.notification.EventId;
import dev.allim.topic.NamedTopics;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads the log, each stretch and what is gone of it in one step. Any thread; blocks. */
final class RedisReader {
  /** Entries that Redis looks at for one page: about a millisecond. */
  private static final int LOOKS = 2_000;

  /** Stretches that are looked at for one page. */
  private static final int READS = 8;

  /** Entries that are asked for at least, as some may turn out not to be for who asks. */
  private static final int ENTRIES_A_READ = 64;

  private final Redis redis;
  private final RedisSettings settings;
  private final RedisScripts scripts;
  private final RedisStanding standing;
  private final RedisFollower follower;
  private final Clock clock;
  private volatile RedisTruncationMarks marks = RedisTruncationMarks.UNKNOWN;

  RedisReader(
      Redis redis,
      RedisSettings settings,
      RedisScripts scripts,
      RedisStanding standing,
      RedisFollower follower,
      Clock clock) {
    this.redis = redis;
    this.settings = settings;
    this.scripts = scripts;
    this.standing = standing;
    this.follower = follower;
    this.clock = clock;
  }

  /** Has a script run on any connection; while Redis is gone nothing is tried. */
  Response run(RedisScript script, Object... arguments) {
    follower.session();
    return RedisFaults.await(
        scripts.run(request -> redis.send(request).toCompletionStage(), script, arguments),
        settings.patience());
  }

  /** Has a single command run in the same way. */
  Response ask(Request request) {
    follower.session();
    return RedisFaults.await(
        redis.send(request).toCompletionStage().toCompletableFuture(), settings.patience());
  }

  /** Where nodes tell each other what is there. */
  RedisRoster roster() {
    return new RedisRoster(redis, settings, RedisRoster.ALIVE, follower::session);
  }

  private RedisTruncationMarks marks(RedisTruncationMarks known, Response answer) {
    RedisTruncationMarks then = known.updated(answer);
    marks = then;
    return then;
  }

  // ---- pages

  Page read(long after, TopicFilter filter, int most, int mostBytes) {
    long upTo = standing.heard();
    // who is ahead of the log finds nothing, and what is gone behind it
    return readOn(Math.min(after, upTo), upTo, filter, most, mostBytes, after);
  }

  Page readBack(long before, TopicFilter filter, int most, int mostBytes) {
    return readOn(Math.min(before, standing.heard() + 1), 0, filter, most, mostBytes, 0);
  }

  private Page readOn(
      long from, long upTo, TopicFilter filter, int most, int mostBytes, long least) {
    PageLimit limit = new PageLimit(clock.instant(), most, mostBytes);
    Page page = readOnce(limit, from, upTo, filter, most, mostBytes);
    for (int more = 1; more < READS && !limit.isFull() && !page.complete(); more++) {
      page = readOnce(limit, page.upTo(), upTo, filter, most, mostBytes);
    }
    return page.upTo() >= least
        ? page
        : new Page(page.items(), least, page.complete(), page.truncatedUpTo());
  }

  /** One stretch more. How full a page is tells nobody of what is not for him. */
  private Page readOnce(
      PageLimit page, long from, long upTo, TopicFilter filter, int most, int mostBytes) {
    RedisTruncationMarks known = marks;
    List<Object> arguments = new ArrayList<>();
    arguments.add(standing.epoch());
    arguments.add(known.version());
    arguments.add(from);
    arguments.add(upTo);
    arguments.add(Math.max(most, ENTRIES_A_READ));
    arguments.add(mostBytes);
    arguments.add(LOOKS);
    namedAlone(filter).forEach(topic -> arguments.add(topic.name()));
    Response answer = run(RedisScript.READ, arguments.toArray());
    long gone = marks(known, answer.get(0)).upTo(filter);
    return page(page, answer, filter, upTo).truncatedUpTo(gone);
  }

  /** Of a filter that names its topics, so that Redis leaves out the others. */
  private static List<Topic> namedAlone(TopicFilter filter) {
    return NamedTopics.of(filter).all().orElse(List.of());
  }

  private Page page(PageLimit page, Response answer, TopicFilter filter, long upTo) {
    for (LogRecord record : RedisForm.records(answer.get(2), standing.ids())) {
      if (page.admits(filter, record.notification())) {
        page.add(record);
      }
      if (page.isFull()) {
        return new Page(page.items(), record.position(), record.position() == upTo);
      }
    }
    long reached = RedisStanding.number(answer, 1);
    return new Page(page.items(), reached, reached == upTo);
  }

  // ---- where to begin

  Location locate(LogStart start, TopicFilter filter) {
    return start.find(new Finder(filter));
  }

  /** Asks Redis for each kind. */
  private final class Finder implements LogStart.Finder<RuntimeException> {
    private final TopicFilter filter;

    Finder(TopicFilter filter) {
      this.filter = filter;
    }

    private Found ask(String kind, Object what) {
      long heard = standing.heard();
      RedisTruncationMarks known = marks;
      Response answer =
          run(RedisScript.LOCATE, standing.epoch(), known.version(), kind, what, heard);
      RedisTruncationMarks then = marks(known, answer.get(0));
      long oldest = RedisStanding.number(answer, 1);
      return new Found(
          oldest == 0 || oldest > heard ? heard : oldest - 1,
          RedisStanding.number(answer, 2),
          RedisStanding.number(answer, 3) == 1,
          RedisStanding.number(answer, 4),
          then,
          then.upTo(filter));
    }

    @Override
    public Location earliest() {
      Found found = ask("earliest", "");
      return new Location.Known(found.oldest(), found.truncatedUpTo());
    }

    @Override
    public Location since(Instant instant) {
      Found found = ask("since", instant.toEpochMilli());
      long position = Math.max(found.position(), found.marks().before(instant));
      return new Location.Known(position, found.truncatedUpTo());
    }

    @Override
    public Location afterNotification(EventId id) {
      OptionalLong sealed = standing.ids().open(id);
      Found found =
          sealed.isPresent() ? ask("position", sealed.getAsLong()) : ask("id", id.value());
      if (found.position() == 0 || isHidden(found.position())) {
        return found.unknown();
      }
      return found.doubtful()
          ? new Location.Ambiguous(found.oldest(), found.truncatedUpTo())
          : found.at(found.position());
    }

    private boolean isHidden(long position) {
      Response entry = run(RedisScript.ENTRIES, standing.epoch(), position).get(0);
      return entry.get(1).size() > 0
          && !filter
              .audience()
              .maySee(RedisForm.entry(entry, standing.ids()).record().notification());
    }

    @Override
    public Location afterPlace(EventId id) {
      OptionalLong place = standing.places().open(id);
      Found found = ask("earliest", "");
      return place.isPresent() && place.getAsLong() <= found.head()
          ? found.at(place.getAsLong())
          : found.unknown();
    }
  }

  /** What Redis says of one moment: see the script. */
  private final class Found {
    private final long oldest;
    private final long position;
    private final boolean doubtful;
    private final long head;
    private final RedisTruncationMarks marks;
    private final long truncatedUpTo;

    Found(
        long oldest,
        long position,
        boolean doubtful,
        long head,
        RedisTruncationMarks marks,
        long truncatedUpTo) {
      this.oldest = oldest;
      this.position = position;
      this.doubtful = doubtful;
      this.head = head;
      this.marks = marks;
      this.truncatedUpTo = truncatedUpTo;
    }

    long oldest() {
      return oldest;
    }

    long position() {
      return position;
    }

    boolean doubtful() {
      return doubtful;
    }

    long head() {
      return head;
    }

    RedisTruncationMarks marks() {
      return marks;
    }

    long truncatedUpTo() {
      return truncatedUpTo;
    }

    Location unknown() {
      return new Location.Unknown(oldest, truncatedUpTo);
    }

    /** A subscriber that comes from another program may have seen what is not heard of here yet. */
    Location at(long there) {
      standing.told().await(there, settings.patience());
      return new Location.Known(there, truncatedUpTo);
    }
  }
}
