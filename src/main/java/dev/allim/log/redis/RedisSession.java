package dev.allim.log.redis;

import dev.allim.log.LogUnavailableException;
import dev.allim.log.Places;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Two connections to one server, one to follow and one to append, as long as both are well and the
 * log is the one that they were opened on. Any thread.
 */
final class RedisSession {
  private final RedisSettings settings;
  private final RedisScripts scripts;
  private final CompletableFuture<Void> broken = new CompletableFuture<>();
  private volatile Optional<RedisLink> follower = Optional.empty();
  private volatile Optional<RedisLink> appender = Optional.empty();
  // whoever opens
  private long newsAtOpening;

  private RedisSession(RedisSettings settings, RedisScripts scripts) {
    this.settings = settings;
    this.scripts = scripts;
  }

  /** Connections that are being made: one attempt at a time, however long it takes. */
  static final class Source {
    private final Redis redis;
    private Optional<CompletableFuture<RedisConnection>> pending = Optional.empty();

    Source(Redis redis) {
      this.redis = redis;
    }

    synchronized CompletableFuture<RedisConnection> next() {
      CompletableFuture<RedisConnection> next =
          pending.orElseGet(() -> redis.connect().toCompletionStage().toCompletableFuture());
      pending = Optional.of(next);
      return next;
    }

    synchronized void taken() {
      pending = Optional.empty();
    }

    private RedisConnection take(RedisSettings settings) {
      CompletableFuture<RedisConnection> next = next();
      try {
        RedisConnection connection = RedisFaults.await(next, settings.patience());
        taken();
        return connection;
      } catch (LogUnavailableException failure) {
        if (next.isDone()) {
          taken();
        }
        throw failure;
      }
    }
  }

  /**
   * Connects, and opens the log on both connections: it may not be the one that was heard of.
   * Blocks.
   */
  static RedisSession open(
      Source source,
      RedisSettings settings,
      RedisScripts scripts,
      RedisStanding standing,
      SecureRandom random,
      Clock clock) {
    RedisSession session = new RedisSession(settings, scripts);
    try {
      session.follower = Optional.of(new RedisLink(source.take(settings), session::fail));
      session.greet(session.follower.get(), standing, random, clock);
      session.appender = Optional.of(new RedisLink(source.take(settings), session::fail));
      session.greet(session.appender.get(), standing, random, clock);
      return session;
    } catch (RuntimeException | Error failure) {
      session.fail(failure);
      session.close();
      throw failure;
    }
  }

  private void greet(RedisLink link, RedisStanding standing, SecureRandom random, Clock clock) {
    byte[] bytes = new byte[Places.KEY_BYTES];
    random.nextBytes(bytes);
    String fresh = HexFormat.of().formatHex(bytes);
    random.nextBytes(bytes);
    Response opened =
        RedisFaults.await(
            scripts.run(
                link,
                RedisScript.OPEN,
                standing.epoch(),
                standing.heard(),
                fresh,
                standing.placesKey().orElseGet(() -> Base64.getEncoder().encodeToString(bytes)),
                clock.millis(),
                ""),
            settings.patience());
    standing.opened(
        RedisForm.text(opened.get(0)), RedisForm.text(opened.get(1)), opened.get(4), random);
    if (RedisStanding.number(opened, 2) == 1) {
      RedisLog.LOG.warn(
          "Redis has less than it had acknowledged: readers are told of a gap, and ids of what is"
              + " lost are unknown");
    }
    newsAtOpening = Math.max(newsAtOpening, RedisStanding.number(opened, 3));
  }

  /** Up to where there was something to be told beside the log when it was opened. */
  long news() {
    return newsAtOpening;
  }

  boolean isOpen() {
    return !broken.isDone();
  }

  /** It is of no use any more. */
  void fail(Throwable why) {
    broken.completeExceptionally(RedisFaults.unavailable(why));
  }

  /** Waits for an answer on either connection, as long as both are well. Not on an event loop. */
  <T> T await(CompletableFuture<T> answer, Duration patience) {
    RedisFaults.await(CompletableFuture.anyOf(answer, broken), patience);
    return answer.join();
  }

  /** Completes with a failure when it is of no use any more. */
  CompletableFuture<Void> broken() {
    return broken;
  }

  /** On the connection that follows, in one go. */
  CompletableFuture<List<Response>> follow(List<Request> requests) {
    return follower.orElseThrow().send(requests).toCompletableFuture();
  }

  /** On the connection that appends, behind what was sent on it before. */
  CompletableFuture<Response> append(RedisScript script, Object... arguments) {
    return scripts.run(appender.orElseThrow(), script, arguments);
  }

  /**
   * How many replicas have all that was answered on the connection that appends; waits for so many
   * at most, and half as long as for an answer. {@code WAIT} names no key, so the one before it
   * does: together they go to the server of a cluster that has the log.
   */
  CompletableFuture<Integer> replicas(int enough) {
    Request here = Request.cmd(Command.PERSIST).arg(settings.log());
    Request wait = Request.cmd(Command.WAIT).arg(enough).arg(settings.patience().toMillis() / 2);
    return appender
        .orElseThrow()
        .send(List.of(here, wait))
        .thenApply(answers -> answers.get(1).toInteger())
        .toCompletableFuture();
  }

  /** Ends both connections. */
  void close() {
    follower.ifPresent(RedisLink::drop);
    appender.ifPresent(RedisLink::drop);
  }
}
