package dev.allim.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider that begins an answer and does not end it. */
class KeyUrlTest {
  private static final long PATIENCE_SECONDS = 60;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          awaitEnd();
          exchange.close();
        });
    server.start();
  }

  private void awaitEnd() {
    try {
      mayEnd.await();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    mayEnd.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private KeyUrl keys(boolean discover, Duration patience) {
    URI url = URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
    return new KeyUrl("the.setting", url, discover, nanos::get, patience);
  }

  private static boolean within(CompletableFuture<Boolean> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void anAnswerThatDoesNotEndIsGivenUp() throws Exception {
    for (boolean discover : List.of(false, true)) {
      KeyUrl keys = keys(discover, Duration.ofMillis(200));

      assertThat(within(CompletableFuture.supplyAsync(keys::look, threads))).isFalse();
      assertThat(within(CompletableFuture.supplyAsync(keys::reload, threads))).isFalse();
      assertThat(keys.keys()).isEmpty();
    }
    assertThat(asked).hasValue(4);
  }

  @Test
  void fewWaitForIt() throws Exception {
    KeyUrl keys = keys(false, Duration.ofSeconds(PATIENCE_SECONDS));
    List<CompletableFuture<Boolean>> seeking = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      seeking.add(CompletableFuture.supplyAsync(keys::seek, threads));
    }

    await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS / 2))
        .until(() -> seeking.stream().filter(CompletableFuture::isDone).count() == 16);
    assertThat(seeking).filteredOn(CompletableFuture::isDone).allMatch(one -> !one.join());
    mayEnd.countDown();
    for (CompletableFuture<Boolean> one : seeking) {
      within(one);
    }
    assertThat(asked).hasValue(1);
    assertThat(keys.seek()).as("nobody waits any more").isTrue();
  }
}
