package dev.allim.log.redis;

import dev.allim.topic.Topic;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Deletes what somebody wants gone, and waits until it is heard of here. Any thread; blocks. */
final class RedisDeletion {
  /** Entries that Redis looks at in one stretch of a purge. */
  private static final int LOOKS = 1_000;

  /** Entries that go in one stretch. */
  private static final int GOES_AT_ONCE = 256;

  private final RedisReader reader;
  private final RedisStanding standing;
  private final Duration patience;
  private final Clock clock;

  /** Waits so long for each answer. */
  RedisDeletion(RedisReader reader, RedisStanding standing, Duration patience, Clock clock) {
    this.reader = reader;
    this.standing = standing;
    this.patience = patience;
    this.clock = clock;
  }

  /** See {@link RedisLog#purge}. */
  int purge(Topic topic) {
    long upTo = standing.heard();
    long reached = 0;
    int purged = 0;
    long news;
    do {
      Response answer =
          reader.run(
              RedisScript.PURGE,
              standing.epoch(),
              topic.name(),
              reached,
              upTo,
              clock.millis(),
              LOOKS);
      standing.update(answer.get(0));
      reached = RedisStanding.number(answer, 1);
      purged += (int) RedisStanding.number(answer, 2);
      news = RedisStanding.number(answer, 3);
    } while (reached < upTo);
    standing.news().await(news, patience);
    return purged;
  }

  /** See {@link RedisLog#delete}. */
  int delete(List<Long> positions) {
    int deleted = 0;
    for (int from = 0; from < positions.size(); from += GOES_AT_ONCE) {
      int to = Math.min(positions.size(), from + GOES_AT_ONCE);
      deleted += deleteAtOnce(positions.subList(from, to));
    }
    return deleted;
  }

  private int deleteAtOnce(List<Long> positions) {
    List<Object> arguments = new ArrayList<>(List.of(standing.epoch(), clock.millis()));
    arguments.addAll(positions);
    Response answer = reader.run(RedisScript.DELETE, arguments.toArray());
    standing.update(answer.get(0));
    standing.news().await(RedisStanding.number(answer, 2), patience);
    return (int) RedisStanding.number(answer, 1);
  }
}
