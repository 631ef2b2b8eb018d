package dev.allim.cli.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose head has come and whose lines are coming.
 *
 * @param status its HTTP status
 * @param headers the rest of its head
 * @param lines its body
 * @param exchange cancelled by {@link #close}
 */
public record OpenStream(int status, HttpHeaders headers, Lines lines, Future<?> exchange)
    implements AutoCloseable {
  private static final int OK = 200;

  /** Asks for it and waits for the head, at most for that long. */
  public static OpenStream open(Hub hub, URI address, Optional<String> lastId, Duration patience)
      throws IOException {
    HttpRequest.Builder request = hub.request(address).header("Accept", "text/event-stream");
    lastId.ifPresent(id -> request.header("Last-Event-ID", id));
    Lines lines = new Lines();
    CompletableFuture<HttpResponse.ResponseInfo> head = new CompletableFuture<>();
    CompletableFuture<?> exchange =
        hub.client()
            .sendAsync(
                request.build(),
                info -> {
                  head.complete(info);
                  return BodySubscribers.fromLineSubscriber(lines);
                });
    exchange.whenComplete((answer, failure) -> end(head, failure));
    try {
      HttpResponse.ResponseInfo info = Exchange.await(head, patience);
      return new OpenStream(info.statusCode(), info.headers(), lines, exchange);
    } catch (HttpTimeoutException late) {
      exchange.cancel(true);
      throw late;
    }
  }

  private static void end(CompletableFuture<?> head, @Nullable Throwable failure) {
    if (failure != null) {
      head.completeExceptionally(failure);
    }
  }

  /** Whether it is a stream of events, rather than a refusal or another page. */
  public boolean isEvents() {
    return status == OK
        && headers.firstValue("Content-Type").orElse("").startsWith("text/event-stream");
  }

  @Override
  public void close() {
    exchange.cancel(true);
  }
}
