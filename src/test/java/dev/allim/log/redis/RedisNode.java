package dev.allim.log.redis;

import dev.allim.log.append.SideRoom;
import dev.allim.testing.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** One of the programs that share a log, as far as the log goes: a client of a server. */
public final class RedisNode implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Redis redis;

  /** One of those that share what this server has. */
  public RedisNode(RedisServer server) {
    this(server.uri());
  }

  /** The same of a server that is reached there. */
  RedisNode(String uri) {
    redis =
        Redis.createClient(
            vertx,
            new RedisOptions().setConnectionString(uri).setMaxPoolSize(32).setMaxPoolWaiting(64));
  }

  Redis redis() {
    return redis;
  }

  /** Its log with this name. */
  public RedisLog open(String name, Clock clock) {
    return open(settings(name), clock);
  }

  RedisLog open(RedisSettings settings, Clock clock) {
    return new RedisLog(redis, settings, clock, System::nanoTime);
  }

  static RedisSettings settings(String name) {
    return settings(name, SideRoom.USUAL);
  }

  static RedisSettings settings(String name, SideRoom beside) {
    return new RedisSettings(
        name,
        Optional.empty(),
        OptionalLong.empty(),
        Long.MAX_VALUE,
        beside,
        0,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10));
  }

  Response ask(Request request) {
    return redis.send(request).toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    redis.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
