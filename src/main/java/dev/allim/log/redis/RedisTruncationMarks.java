package dev.allim.log.redis;

import dev.allim.log.MatchingBudget;
import dev.allim.log.Page;
import dev.allim.topic.Addressed;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

  /** About 10 ms of one core; whatever is not looked at by then counts as asked for. */
  private static final long MATCHING = 10L << 20;

  private static final int HEAD = 3;

  /** What begins with a line end, which no topic has, is a mark of something private. */
  private static final String OF_PRIVATE = "\n";

  private final long version;
  private final Mark any;
  private final Map<Topic, Mark> marks;
  private final Map<Hidden, Mark> hidden;

  /** Something private that is gone. */
  private record Hidden(List<Topic> topics) implements Addressed {
    @Override
    public boolean isPrivate() {
      return true;
    }
  }

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
    return filter.audience() instanceof Audience.Public
        ? publicUpTo(filter)
        : Math.max(publicUpTo(filter), hiddenUpTo(filter));
  }

  private long hiddenUpTo(TopicFilter filter) {
    long newest = 0;
    MatchingBudget matching = new MatchingBudget(MATCHING);
    for (Map.Entry<Hidden, Mark> entry : hidden.entrySet()) {
      if (entry.getValue().position() > newest
          && (matching.isSpent() || filter.admits(entry.getKey(), matching))) {
        newest = entry.getValue().position();
      }
    }
    return newest;
  }

  private long publicUpTo(TopicFilter filter) {
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
    return Stream.concat(marks.values().stream(), hidden.values().stream())
        .filter(mark -> mark.published() < millis)
        .mapToLong(Mark::position)
        .reduce(newest, Math::max);
  }
}
