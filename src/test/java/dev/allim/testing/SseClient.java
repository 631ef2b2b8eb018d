package dev.allim.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Listens like a browser, on a real connection. {@link #open} returns when the head of the answer
 * is here; what follows is read in the background and taken from here in order. Every wait ends
 * after ten seconds, with a failure that says what was waited for.
 */
public final class SseClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpResponse<InputStream> response;
  private final BlockingQueue<ReceivedEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> comments = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> retries = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  private SseClient(HttpResponse<InputStream> response) {
    this.response = response;
    Thread reader = new Thread(this::read, "sse-client");
    reader.setDaemon(true);
    reader.start();
  }

  /** Listens over HTTP/1.1; {@code headers} are names and values in turn. */
  public static SseClient open(URI uri, String... headers) {
    return open(HttpClient.Version.HTTP_1_1, uri, headers);
  }

  /** Listens over this version of HTTP; {@code headers} are names and values in turn. */
  public static SseClient open(HttpClient.Version version, URI uri, String... headers) {
    HttpClient client = HttpClient.newBuilder().version(version).build();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    request.header("Accept", "text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new SseClient(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private void read() {
    EventParser parser = new EventParser(events::add, comments::add, retries::add);
    try (Reader in = new InputStreamReader(response.body(), StandardCharsets.UTF_8)) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        parser.accept((char) c);
      }
    } catch (IOException closed) {
      // an end like any other
    }
    ended.countDown();
  }

  /** The head of the answer. */
  public HttpResponse<?> head() {
    return response;
  }

  /** The next event. */
  public ReceivedEvent next() {
    return await(events, "an event");
  }

  /** The next {@code count} events. */
  public List<ReceivedEvent> next(int count) {
    List<ReceivedEvent> received = new ArrayList<>();
    while (received.size() < count) {
      received.add(next());
    }
    return received;
  }

  /** The text of the next comment, without the colon. */
  public String nextComment() {
    return await(comments, "a comment");
  }

  /** The next {@code retry}, in milliseconds. */
  public long nextRetry() {
    return await(retries, "a retry");
  }

  /** Events that have come and were not taken yet. */
  public int waiting() {
    return events.size();
  }

  private static <T> T await(BlockingQueue<T> queue, String what) {
    try {
      T got = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (got == null) {
        throw new AssertionError("no %s came within %s".formatted(what, PATIENCE));
      }
      return got;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Waits until the server has ended the stream. */
  public void awaitEnd() {
    try {
      if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the stream did not end within " + PATIENCE);
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Goes away as a closed tab does. */
  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
