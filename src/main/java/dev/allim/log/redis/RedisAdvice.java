package dev.allim.log.redis;

import dev.allim.log.LogUnavailableException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the server's own settings make of what the hub promises. Asked once, at the start. */
final class RedisAdvice {
  private final Redis redis;
  private final RedisSettings settings;

  RedisAdvice(Redis redis, RedisSettings settings) {
    this.redis = redis;
    this.settings = settings;
  }

  /** What an operator should know; nothing where the server does not tell its settings. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    setting("appendonly")
        .filter(value -> value.equals("no"))
        .ifPresent(
            value ->
                warnings.add(
                    "Redis keeps no append-only file (appendonly no): what was published is lost"
                        + " with its process. Readers are told of a gap then. Set appendonly yes,"
                        + " and appendfsync always if no power cut may take the last second."));
    setting("maxmemory-policy")
        .filter(policy -> !policy.equals("noeviction"))
        .ifPresent(
            policy ->
                warnings.add(
                    "Redis may throw the history away when its memory is full (maxmemory-policy "
                        + policy
                        + "). Set maxmemory-policy noeviction: publishers are refused then, and"
                        + " nothing is lost."));
    return warnings;
  }

  private Optional<String> setting(String name) {
    try {
      Response answer =
          RedisFaults.await(
              redis
                  .send(Request.cmd(Command.CONFIG).arg("GET").arg(name))
                  .toCompletionStage()
                  .toCompletableFuture(),
              settings.patience());
      if (answer.isArray()) {
        return answer.size() < 2 ? Optional.empty() : Optional.of(RedisForm.text(answer.get(1)));
      }
      return Optional.ofNullable(answer.get(name)).map(RedisForm::text);
    } catch (LogUnavailableException notAllowed) {
      RedisLog.LOG.debug("Redis does not tell its settings", notAllowed);
      return Optional.empty();
    }
  }
}
