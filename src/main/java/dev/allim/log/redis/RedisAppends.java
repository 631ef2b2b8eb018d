package dev.allim.log.redis;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendResult;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.engine.LogTime;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The way into the log: a group goes out as few scripts behind each other, and is answered when
 * those who follow have heard of it. One caller at a time.
 */
final class RedisAppends {
  private static final Duration KEYS_ARE_KEPT = Duration.ofHours(24);

  private final RedisSettings settings;
  private final RedisFollower follower;
  private final RedisStanding standing;
  private final Clock clock;

  RedisAppends(
      RedisSettings settings, RedisFollower follower, RedisStanding standing, Clock clock) {
    this.settings = settings;
    this.follower = follower;
    this.standing = standing;
    this.clock = clock;
  }

  CompletionStage<List<AppendResult>> append(List<AppendRequest> group) {
    if (group.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    RedisSession session = follower.session();
    List<CompletableFuture<List<AppendResult>>> answers =
        RedisPart.of(group).stream().map(part -> append(session, part)).toList();
    CompletableFuture<List<AppendResult>> all =
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
            .thenApply(done -> answers.stream().flatMap(each -> each.join().stream()).toList());
    return settled(session, all, answers.size() > 1)
        .thenCompose(results -> replicated(session, results))
        .thenCompose(this::whenTold);
  }

  /** Whoever is answered finds it at this node: what is repeated, too, may be news here. */
  private CompletionStage<List<AppendResult>> whenTold(List<AppendResult> results) {
    long upTo = 0;
    for (AppendResult result : results) {
      if (result instanceof AppendResult.Appended appended) {
        upTo = Math.max(upTo, appended.upTo());
      } else if (result instanceof AppendResult.Repeated) {
        upTo = Math.max(upTo, standing.figures().head());
      }
    }
    return standing.told().when(upTo).thenApply(told -> results);
  }

  private CompletableFuture<List<AppendResult>> append(RedisSession session, RedisPart part) {
    Instant now = clock.instant();
    List<Object> arguments = new ArrayList<>();
    arguments.add(standing.epoch());
    arguments.add(now.toEpochMilli());
    arguments.add(plausible(now));
    arguments.add(settings.refusedAbove());
    arguments.add(settings.beside().delayed());
    arguments.add(settings.beside().keys());
    arguments.add(now.plus(KEYS_ARE_KEPT).toEpochMilli());
    part.putInto(arguments);
    return session
        .append(RedisScript.APPEND, arguments.toArray())
        .thenApply(this::updated)
        .thenApply(
            answer ->
                new RedisAnswers(standing.ids(), settings.beside())
                    .to(part.requests(), answer.get(1)));
  }

  private Response updated(Response answer) {
    standing.update(answer.get(0));
    return answer;
  }

  /** What a script is told of a clock: whether it is right enough to find others wrong. */
  static String plausible(Instant now) {
    return LogTime.isPlausible(now) ? "1" : "0";
  }

  // ---- that others have it

  /**
   * Asked once all is answered: a script that the server did not know, or that has moved within a
   * cluster, is sent a second time, behind whatever was sent meanwhile.
   */
  private CompletableFuture<List<AppendResult>> replicated(
      RedisSession session, List<AppendResult> results) {
    if (settings.minReplicas() == 0) {
      return CompletableFuture.completedFuture(results);
    }
    return settled(session, session.replicas(settings.minReplicas()), true)
        .thenApply(
            replicas -> {
              requireReplicas(replicas);
              return results;
            });
  }

  private void requireReplicas(int replicas) {
    if (replicas < settings.minReplicas()) {
      throw LogUnavailableException.inDoubt(
          "It is kept by %d replicas of Redis, and not by %d as allim.history.redis.min-replicas"
                  .formatted(replicas, settings.minReplicas())
              + " asks for.");
    }
  }

  // ---- what goes wrong

  /**
   * Of what was sent and not answered nobody knows; the connections are of no use then.
   *
   * @param begun whether some of it may be kept though the rest is refused
   */
  <T> CompletableFuture<T> settled(
      RedisSession session, CompletableFuture<T> answer, boolean begun) {
    return answer
        .orTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(told(session, failure, begun)));
  }

  private LogUnavailableException told(RedisSession session, Throwable failure, boolean begun) {
    LogUnavailableException known = RedisFaults.unavailable(failure);
    boolean refused = RedisFaults.isRefusal(failure);
    if (!refused || known.getMessage().contains("EPOCH")) {
      session.fail(known);
    }
    return refused && !begun
        ? known
        : LogUnavailableException.inDoubt(
            known.getMessage() + " It is not known whether what was sent is kept.", failure);
  }
}
