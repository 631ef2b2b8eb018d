package dev.allim.cli.client;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Waits for what the HTTP client brings. */
final class Exchange {
  private Exchange() {}

  /**
   * What it brings.
   *
   * @throws IOException if it does not, or not within that time; it is cancelled then
   */
  static <T> T await(CompletableFuture<T> answer, Duration patience) throws IOException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer within %d s".formatted(patience.toSeconds()));
    } catch (ExecutionException failed) {
      throw fault(failed);
    } catch (InterruptedException interrupted) {
      throw CommandFailedException.failed("interrupted");
    }
  }

  /** The outermost of its kind, as that one tells most. */
  private static IOException fault(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(IOException.class::isInstance)
        .map(IOException.class::cast)
        .findFirst()
        .orElseGet(() -> new IOException(failure));
  }
}
