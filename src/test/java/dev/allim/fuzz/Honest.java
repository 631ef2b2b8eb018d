package dev.allim.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.RawHttp;
import dev.allim.testing.SseClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

/**
 * A publisher and its readers, who want nothing but their events: each once and in order. The next
 * one is published when all readers have the one before, so that a slow machine has fewer of them.
 */
final class Honest implements AutoCloseable {
  private static final String TARGET = "/events/honest";
  private static final int CREATED = 201;

  private final URI base;
  private final List<SseClient> readers;
  private final Thread publisher;
  private volatile boolean over;
  private volatile int served;
  private volatile String trouble = "";

  private Honest(URI base) {
    this.base = base;
    this.readers =
        List.of(
            SseClient.open(HttpClient.Version.HTTP_1_1, base.resolve(TARGET)),
            SseClient.open(HttpClient.Version.HTTP_2, base.resolve(TARGET)));
    this.publisher = new Thread(this::serve, "honest publisher");
  }

  /** Begins to listen and to publish. */
  static Honest begin(URI base) {
    Honest honest = new Honest(base);
    honest.publisher.start();
    return honest;
  }

  private void serve() {
    try (RawHttp http = RawHttp.connect(base)) {
      while (!over) {
        String data = Integer.toString(served);
        http.request("POST " + TARGET + " HTTP/1.1", "Content-Length: " + data.length()).send(data);
        RawHttp.Answer answer = http.readAnswer();
        assertThat(answer.status()).as(answer.body()).isEqualTo(CREATED);
        for (SseClient reader : readers) {
          assertThat(reader.next().data()).isEqualTo(data);
        }
        served++;
      }
    } catch (UncheckedIOException | AssertionError broken) {
      trouble = "after %d events: %s (%s)".formatted(served, broken, broken.getCause());
    }
  }

  /** How many were published and heard so far. */
  int served() {
    return served;
  }

  /**
   * Ends publishing; whether everybody got everything, and nothing besides; what the hub said tells
   * why not.
   */
  void assertServed(String said) throws InterruptedException {
    over = true;
    publisher.join();
    assertThat(trouble).as(said).isEmpty();
    for (SseClient reader : readers) {
      assertThat(reader.waiting()).isZero();
    }
  }

  @Override
  public void close() {
    over = true;
    readers.forEach(SseClient::close);
  }
}
