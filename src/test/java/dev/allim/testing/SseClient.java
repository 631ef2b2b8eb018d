package dev.allim.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private final Queues received;
  private final Runnable leave;
  private final Optional<HttpResponse<?>> head;
  private final CountDownLatch ended = new CountDownLatch(1);

  private SseClient(
      Queues received, Runnable read, Runnable leave, Optional<HttpResponse<?>> head) {
    this.received = received;
    this.leave = leave;
    this.head = head;
    Thread reader = new Thread(() -> readToEnd(read), "sse-client");
    reader.setDaemon(true);
    reader.start();
  }

  private void readToEnd(Runnable read) {
    try {
      read.run();
    } catch (UncheckedIOException closed) {
      // an end like any other
    }
    ended.countDown();
  }

  /** Filled by the thread that reads, emptied by the test. */
  private record Queues(
      BlockingQueue<ReceivedEvent> events,
      BlockingQueue<String> comments,
      BlockingQueue<Long> retries)
      implements EventStreamListener {
    Queues() {
      this(new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
    }

    @Override
    public void event(ReceivedEvent event) {
      events.add(event);
    }

    @Override
    public void comment(String text) {
      comments.add(text);
    }

    @Override
    public void retry(long millis) {
      retries.add(millis);
    }
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
      return listen(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * Listens over HTTP/1.1 on a socket of its own that connects in this {@code way}; {@code headers}
   * are names and values in turn.
   */
  public static SseClient open(SseSocket.Way way, URI uri, String... headers) {
    Queues received = new Queues();
    try {
      SseSocket socket = SseSocket.open(uri, way, received, headers);
      return new SseClient(received, socket::readToEnd, socket::close, Optional.empty());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static SseClient listen(HttpResponse<InputStream> response) {
    Queues received = new Queues();
    return new SseClient(
        received,
        () -> read(response.body(), new WhatwgEventStreamParser(received)),
        () -> close(response.body()),
        Optional.of(response));
  }

  private static void read(InputStream body, WhatwgEventStreamParser parser) {
    byte[] buffer = new byte[8192];
    try (body) {
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        parser.feed(buffer, 0, count);
      }
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** The head of the answer; not known of one on a socket of its own. */
  public HttpResponse<?> head() {
    return head.orElseThrow();
  }

  /** The next event. */
  public ReceivedEvent next() {
    return await(received.events(), "an event");
  }

  /** The next {@code count} events. */
  public List<ReceivedEvent> next(int count) {
    List<ReceivedEvent> next = new ArrayList<>();
    while (next.size() < count) {
      next.add(next());
    }
    return next;
  }

  /** The text of the next comment, without the colon. */
  public String nextComment() {
    return await(received.comments(), "a comment");
  }

  /** The next {@code retry}, in milliseconds. */
  public long nextRetry() {
    return await(received.retries(), "a retry");
  }

  /** The events that have come and were not taken yet, until the server has ended the stream. */
  public List<ReceivedEvent> rest() {
    awaitEnd();
    List<ReceivedEvent> rest = new ArrayList<>();
    received.events().drainTo(rest);
    return rest;
  }

  /** Events that have come and were not taken yet. */
  public int waiting() {
    return received.events().size();
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
    leave.run();
  }
}
