package dev.allim.log.redis;

import dev.allim.log.LogUnavailableException;
import dev.allim.log.append.SideRoom;
import dev.allim.log.retention.Retention;
import dev.allim.log.retention.RetentionRule;
import dev.allim.topic.TopicMatcher;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the log is kept in Redis.
 *
 * @param name what its keys begin with: programs with the same name share one log
 * @param maxAge how old anything becomes
 * @param maxCount how many are kept
 * @param maxBytes how large the whole becomes, by what its entries take
 * @param beside the room beside the history
 * @param minReplicas so many replicas have what was published before a publisher is answered
 * @param patience how long an answer of Redis is waited for
 * @param grace how long this program may be without Redis, or behind it, before it says that it is
 *     not ready
 */
public record RedisSettings(
    String name,
    Optional<Duration> maxAge,
    OptionalLong maxCount,
    long maxBytes,
    SideRoom beside,
    int minReplicas,
    Duration patience,
    Duration grace) {
  /** By a quarter more than it may be the whole is too large for anything new. */
  private static final long SLACK = 16L << 20;

  private static final String KEYS = "allim.history.redis.";

  /**
   * So.
   *
   * @throws LogUnavailableException if it could not be kept so; names the key of the configuration
   */
  public RedisSettings {
    boolean namesASlot = !name.isEmpty() && !name.contains("{") && !name.contains("}");
    require(namesASlot, "name", name, "a text without braces: a cluster goes by what is in them");
    require(minReplicas >= 0, "min-replicas", minReplicas, "0 or more");
    require(patience.toMillis() > 1, "patience", patience, "2 ms or more");
    require(!grace.isNegative(), "grace", grace, "0 s or more");
  }

  private static void require(boolean holds, String key, Object value, String what) {
    if (!holds) {
      throw new LogUnavailableException(
          "%s%s=%s, and has to be %s.".formatted(KEYS, key, value, what));
    }
  }

  /**
   * With that retention.
   *
   * @throws LogUnavailableException if it has a rule for some topics only: to count and to find
   *     them would cost every publish
   */
  public static RedisSettings of(
      String name,
      Retention retention,
      SideRoom beside,
      int minReplicas,
      Duration patience,
      Duration grace) {
    Optional<RetentionRule> rule = retention.rules().stream().findFirst();
    if (retention.rules().stream().anyMatch(RedisSettings::isForSome)) {
      throw new LogUnavailableException(
          "With allim.history.engine=redis the rules of allim.history.retention can only be for"
              + " all topics: topic=*. Rules for some topics need the engine 'sqlite'.");
    }
    OptionalLong bytes = rule.map(RetentionRule::maxBytes).orElse(OptionalLong.empty());
    return new RedisSettings(
        name,
        rule.flatMap(RetentionRule::maxAge),
        rule.map(RetentionRule::maxCount).orElse(OptionalLong.empty()),
        Math.min(retention.maxBytes(), bytes.orElse(Long.MAX_VALUE)),
        beside,
        minReplicas,
        patience,
        grace);
  }

  private static boolean isForSome(RetentionRule rule) {
    return rule.topics() instanceof TopicMatcher.ExactTopic
        || rule.topics() instanceof TopicMatcher.Template;
  }

  /** What the names of its keys begin with, hashed to one slot of a cluster. */
  String base() {
    return "{" + name + "}:";
  }

  /** The stream. */
  String log() {
    return base() + "log";
  }

  /** What is known of all of it. */
  String meta() {
    return base() + "meta";
  }

  /** The stream of what is to be told beside it. */
  String news() {
    return base() + "news";
  }

  /** From here on publishers are refused, as they are faster than retention; 0 for never. */
  long refusedAbove() {
    return maxBytes > Long.MAX_VALUE / 2 ? 0 : maxBytes + maxBytes / 4 + SLACK;
  }
}
