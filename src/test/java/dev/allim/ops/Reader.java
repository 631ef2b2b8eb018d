package dev.allim.ops;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A reader of one stream, line by line. */
final class Reader implements AutoCloseable, Flow.Subscriber<String> {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final BlockingQueue<Flow.Subscription> subscriptions = new LinkedBlockingQueue<>();

  private Reader() {}

  /** A reader whose stream is open. */
  static Reader of(HttpClient client, URI uri, String... headers) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    Reader reader = new Reader();
    client.sendAsync(request.build(), HttpResponse.BodyHandlers.fromLineSubscriber(reader));
    reader.awaitLine(":");
    return reader;
  }

  /** Waits for a line that is exactly this. */
  void awaitLine(String expected) throws InterruptedException {
    String line;
    do {
      line = lines.poll(10, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("No line '" + expected + "' came");
      }
    } while (!line.equals(expected));
  }

  /** Closes the connection. */
  @Override
  public void close() {
    subscriptions.forEach(Flow.Subscription::cancel);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscriptions.add(subscription);
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
    lines.add(line);
  }

  @Override
  public void onError(Throwable failure) {
    lines.add("failed: " + failure);
  }

  @Override
  public void onComplete() {
    lines.add("end");
  }
}
