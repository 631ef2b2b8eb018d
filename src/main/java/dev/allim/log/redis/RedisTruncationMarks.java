package dev.allim.log.redis;

import dev.allim.log.MatchingBudget;
import dev.allim.log.Page;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the log says of what it no longer holds, as of one version of that: of each topic the newest
 * position that is gone, as long as they are few; of what lies further back only that there was
 * something. Immutable.
 */
final class RedisTruncationMarks {
  /** Before any was asked for. */
  static final RedisTruncationMarks UNKNOWN =
      new RedisTruncationMarks(-1, new Mark(0, 0), Map.of());

  /** About 10 ms of one core; whatever is not looked at by then counts as asked for. */
  private static final long MATCHING = 10L << 20;

  private static final int HEAD = 3;

  private final long version;
  private final Mark any;
  private final Map<Topic, Mark> marks;

  private record Mark(long position, long published) {}

  private RedisTruncationMarks(long version, Mark any, Map<Topic, Mark> marks) {
    this.version = version;
    this.any = any;
    this.marks = marks;
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
    for (int i = HEAD; i < answer.size(); i += 3) {
      found.put(new Topic(RedisForm.text(answer.get(i))), mark(answer, i + 1));
    }
    return new RedisTruncationMarks(RedisStanding.number(answer, 0), mark(answer, 1), found);
  }

  private static Mark mark(Response answer, int at) {
    return new Mark(RedisStanding.number(answer, at), RedisStanding.number(answer, at + 1));
  }

  /** See {@link Page#truncatedUpTo}. */
  long upTo(TopicFilter filter) {
    long newest = any.position();
    List<TopicMatcher> others = new ArrayList<>();
    for (TopicMatcher matcher : filter.matchers()) {
      if (matcher instanceof TopicMatcher.ExactTopic exact) {
        Mark mark = marks.get(exact.topic());
        newest = mark == null ? newest : Math.max(newest, mark.position());
      } else {
        others.add(matcher);
      }
    }
    return others.isEmpty() ? newest : Math.max(newest, newestWanted(filter, newest));
  }

  private long newestWanted(TopicFilter filter, long known) {
    long newest = known;
    MatchingBudget matching = new MatchingBudget(MATCHING);
    for (Map.Entry<Topic, Mark> entry : marks.entrySet()) {
      if (entry.getValue().position() > newest
          && (matching.isSpent() || filter.wants(List.of(entry.getKey()), matching))) {
        newest = entry.getValue().position();
      }
    }
    return newest;
  }

  /** The newest position that is gone of what was published before {@code instant}, or 0. */
  long before(Instant instant) {
    long millis = instant.toEpochMilli();
    long newest = any.published() < millis ? any.position() : 0;
    for (Mark mark : marks.values()) {
      if (mark.published() < millis) {
        newest = Math.max(newest, mark.position());
      }
    }
    return newest;
  }
}
