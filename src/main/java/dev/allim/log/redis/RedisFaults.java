package dev.allim.log.redis;

import dev.allim.log.LogUnavailableException;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What goes wrong with Redis, in words for an operator. */
final class RedisFaults {
  private RedisFaults() {}

  /** Waits for an answer; not on an event loop. */
  static <T> T await(CompletableFuture<T> answer, Duration patience) {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("The program is about to end.", interrupted);
    } catch (ExecutionException | TimeoutException failure) {
      throw unavailable(failure);
    }
  }

  /** The same as what users of the log are told. */
  static LogUnavailableException unavailable(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof LogUnavailableException known
        ? known
        : new LogUnavailableException(words(cause), cause);
  }

  /** Whether Redis has answered, and so nothing was changed. */
  static boolean isRefusal(Throwable failure) {
    return cause(failure) instanceof ErrorType error && !error.is("CONNECTION_CLOSED");
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && cause != null ? cause(cause) : failure;
  }

  private static String words(Throwable cause) {
    String said = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (cause instanceof TimeoutException) {
      return "Redis does not answer.";
    }
    if (!(cause instanceof ErrorType error)) {
      return "Redis cannot be reached: " + said;
    }
    if (error.is("CONNECTION_CLOSED")) {
      return "The connection to Redis was lost.";
    }
    if (error.is("FULL")) {
      return "The history is a quarter above allim.history.max-size: publishers are faster than"
          + " retention.";
    }
    if (error.is("OOM")) {
      return "Redis is at its limit of memory (maxmemory), and publishing waits until there is"
          + " room: "
          + said;
    }
    return "Redis refuses: " + said;
  }
}
