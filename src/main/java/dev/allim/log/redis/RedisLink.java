package dev.allim.log.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A connection of one's own, on which requests are answered in their order. Any thread. */
final class RedisLink implements RedisScripts.Line {
  private final RedisConnection connection;

  /** {@code broken} hears when it is lost. */
  RedisLink(RedisConnection connection, Consumer<Throwable> broken) {
    this.connection = connection;
    connection.exceptionHandler(broken::accept);
    connection.endHandler(
        ended -> broken.accept(new java.io.IOException("the connection was closed")));
  }

  @Override
  public CompletionStage<Response> send(Request request) {
    return connection.send(request).toCompletionStage();
  }

  /** The same of several, which go to one server of a cluster; fails if one of them does. */
  CompletionStage<List<Response>> send(List<Request> requests) {
    return connection.batch(requests).toCompletionStage();
  }

  /**
   * Ends it, whatever it waits for. A pool takes back only what is as it was lent: a connection
   * that chose a database is closed.
   */
  void drop() {
    forget();
    connection.send(Request.cmd(Command.SELECT).arg(0)).onComplete(answered -> connection.close());
  }

  private void forget() {
    connection.exceptionHandler(ignored -> {});
    connection.endHandler(ignored -> {});
  }
}
