package dev.allim.log.redis;

import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * What waits for its time: any program may deliver it, or take it back, and the script sees to it
 * that one of them does. Any thread; does not block.
 */
final class RedisTimetable {
  private final RedisAppends appends;
  private final RedisFollower follower;
  private final RedisStanding standing;
  private final Clock clock;

  RedisTimetable(
      RedisAppends appends, RedisFollower follower, RedisStanding standing, Clock clock) {
    this.appends = appends;
    this.follower = follower;
    this.standing = standing;
    this.clock = clock;
  }

  /** See {@link RedisLog#deliverDue}. */
  CompletionStage<Integer> deliverDue(Instant now, int most) {
    Instant time = clock.instant();
    return change(
            RedisScript.DUE,
            standing.epoch(),
            now.toEpochMilli(),
            time.toEpochMilli(),
            RedisAppends.plausible(time),
            most,
            RedisPart.MOST_CHARACTERS)
        .thenCompose(this::whenDelivered);
  }

  private CompletionStage<Integer> whenDelivered(Response answer) {
    long head = RedisStanding.number(answer.get(0), 1);
    return standing.told().when(head).thenApply(told -> (int) RedisStanding.number(answer, 1));
  }

  /** See {@link RedisLog#cancel}. */
  CompletionStage<Boolean> cancel(EventId id, Predicate<Notification> allowed) {
    return change(RedisScript.CANCEL, standing.epoch(), id.value(), "")
        .thenCompose(shown -> cancel(id, shown, allowed));
  }

  private CompletionStage<Boolean> cancel(
      EventId id, Response shown, Predicate<Notification> allowed) {
    String waits = RedisForm.text(shown.get(1));
    if (waits.isEmpty() || !allowed.test(RedisForm.notification(shown.get(2)))) {
      return CompletableFuture.completedFuture(false);
    }
    return change(RedisScript.CANCEL, standing.epoch(), id.value(), waits)
        .thenApply(taken -> !RedisForm.text(taken.get(1)).isEmpty());
  }

  private CompletableFuture<Response> change(RedisScript script, Object... arguments) {
    RedisSession session = follower.session();
    return appends
        .settled(session, session.append(script, arguments), false)
        .thenApply(
            answer -> {
              standing.update(answer.get(0));
              return answer;
            });
  }
}
