package dev.allim.log.redis;

import dev.allim.log.Page;
import dev.allim.log.engine.TruncatedFor;
import dev.allim.log.engine.TruncatedFor.Hidden;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the log says of what it no longer holds, as of one version of that: of each topic the newest
 * position that is gone, as long as they are few; of what lies further back only that there was
 * something. Of what was private it says so apart, by all topics of a notification, as nobody is
 * told of it who might not see it. Immutable.
 */
final class RedisTruncationMarks {
  /** Before any was asked for. */
  static final RedisTruncationMarks UNKNOWN =
      new RedisTruncationMarks(-1, new Mark(0, 0), Map.of(), Map.of());

  private static final int HEAD = 3;

  /** What begins with a line end, which no topic has, is a mark of something private. */
  private static final String OF_PRIVATE = "\n";

  private final long version;
  private final Mark any;
  private final Map<Topic, Mark> marks;
  private final Map<Hidden, Mark> hidden;

  private record Mark(long position, long published) {}

  private RedisTruncationMarks(
      long version, Mark any, Map<Topic, Mark> marks, Map<Hidden, Mark> hidden) {
    this.version = version;
    this.any = any;
    this.marks = marks;
    this.hidden = hidden;
  }

  long version() {
    return version;
  }

  /** Those of an answer: these, or newer ones. */
  RedisTruncationMarks updated(Response answer) {
    if (answer.size() < HEAD) {
      return this;
    }
    Map<Topic, Mark> found = new HashMap<>();
    Map<Hidden, Mark> hiddenFound = new HashMap<>();
    for (int i = HEAD; i < answer.size(); i += 3) {
      String name = RedisForm.text(answer.get(i));
      if (name.startsWith(OF_PRIVATE)) {
        hiddenFound.put(hidden(name), mark(answer, i + 1));
      } else {
        found.put(new Topic(name), mark(answer, i + 1));
      }
    }
    return new RedisTruncationMarks(
        RedisStanding.number(answer, 0), mark(answer, 1), found, hiddenFound);
  }

  private static Hidden hidden(String name) {
    return new Hidden(Stream.of(name.substring(1).split(OF_PRIVATE)).map(Topic::new).toList());
  }

  private static Mark mark(Response answer, int at) {
    return new Mark(RedisStanding.number(answer, at), RedisStanding.number(answer, at + 1));
  }

  /** See {@link Page#truncatedUpTo}. */
  long upTo(TopicFilter filter) {
    TruncatedFor asking = new TruncatedFor(filter);
    long newest = publicUpTo(filter, asking);
    return filter.audience() instanceof Audience.Public
        ? newest
        : asking.ofPrivate(hidden, Mark::position, newest);
  }

  /** Those named exactly are found without looking at all. */
  private long publicUpTo(TopicFilter filter, TruncatedFor asking) {
    long newest = any.position();
    boolean allNamed = true;
    for (TopicMatcher matcher : filter.matchers()) {
      if (matcher instanceof TopicMatcher.ExactTopic exact) {
        Mark mark = marks.get(exact.topic());
        newest = mark == null ? newest : Math.max(newest, mark.position());
      } else {
        allNamed = false;
      }
    }
    return allNamed ? newest : asking.ofPublic(marks, Mark::position, newest);
  }

  /** The newest position that is gone of what was published before {@code instant}, or 0. */
  long before(Instant instant) {
    long millis = instant.toEpochMilli();
    long newest = any.published() < millis ? any.position() : 0;
    return Stream.concat(marks.values().stream(), hidden.values().stream())
        .filter(mark -> mark.published() < millis)
        .mapToLong(Mark::position)
        .reduce(newest, Math::max);
  }
}
