package dev.allim.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.allim.testing.HubProgram;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import dev.allim.testing.WrongTokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who goes while the hub still looks at a token, or publishes, does no harm to the others. */
class ResetStreamsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int STREAMS = 20;

  @TempDir Path directory;

  /** Who has the keys, and none of this kind; from some time on that is slow to be found out. */
  private static final class SlowProvider implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile boolean isSlow;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);

    SlowProvider() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            if (isSlow) {
              asked.countDown();
              awaitQuietly(answers);
            }
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
          });
      server.start();
    }

    String uri() {
      return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }

    @Override
    public void close() {
      answers.countDown();
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aStreamThatIsResetWhileItsTokenIsLookedAtIsLetGo() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (SlowProvider provider = new SlowProvider();
        HubProgram hub =
            HubProgram.start(
                directory,
                Map.of(
                    "allim.auth.secret",
                    Tokens.SECRET,
                    "allim.auth.issuers.slow.jwks",
                    provider.uri()));
        SseClient bystander = hub.client().listen("/events/a")) {
      assertThat(bystander.head().statusCode()).isEqualTo(200);
      provider.isSlow = true;
      awaitQuietly(provider.asked); // by the hub itself; whoever comes waits for what that brings

      resetAll(vertx, hub.uri("/"));
      provider.answers.countDown();

      await().atMost(PATIENCE).until(() -> publish(hub) == 201);
      assertThat(bystander.next().data()).isEqualTo("x");
      assertThat(hub.output()).doesNotContain(" ERROR ", "Unhandled", "Exception");
    } finally {
      join(vertx.close());
    }
  }

  @Test
  void aStreamThatIsResetWhileItsPublishIsOnItsWayIsLetGo() {
    Vertx vertx = Vertx.vertx();
    try (HubProgram hub = HubProgram.start(directory, Map.of());
        SseClient bystander = hub.client().listen("/events/b")) {
      assertThat(bystander.head().statusCode()).isEqualTo(200);
      HttpClient client = client(vertx);
      for (int i = 0; i < 10 * STREAMS; i++) {
        HttpClientRequest request = begin(client, hub.uri("/"));
        join(request.end("whole"));
        request.reset(8);
      }
      join(begin(client, hub.uri("/")).connection().ping(Buffer.buffer("allim-ok")));

      assertThat(hub.client().post("/events/b", "x").statusCode()).isEqualTo(201);
      assertThat(bystander.next().data()).isEqualTo("x");
      assertThat(hub.output()).doesNotContain(" ERROR ", "Unhandled", "Exception");
    } finally {
      join(vertx.close());
    }
  }

  private static int publish(HubProgram hub) {
    String token = Tokens.shared().granting(List.of("a"), List.of()).bearer();
    return hub.client()
        .send(
            HttpRequest.newBuilder(hub.uri("/events/a"))
                .header("Authorization", token)
                .POST(BodyPublishers.ofString("x")))
        .statusCode();
  }

  /** Returns when the hub has read all of it: it answers a ping behind it. */
  private static void resetAll(Vertx vertx, URI hub) {
    HttpClient client = client(vertx);
    String token = Tokens.shared().by("RS256", WrongTokens.RSA.getPrivate()).bearer();
    for (int i = 0; i < STREAMS; i++) {
      HttpClientRequest request = begin(client, hub);
      request.putHeader("Authorization", token).setChunked(true);
      join(request.write(Buffer.buffer("part")));
      request.reset(8);
      if (i == STREAMS - 1) {
        join(request.connection().ping(Buffer.buffer("allim-ok")));
      }
    }
  }

  private static HttpClient client(Vertx vertx) {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2MaxPoolSize(1));
  }

  private static HttpClientRequest begin(HttpClient client, URI hub) {
    return join(client.request(HttpMethod.POST, hub.getPort(), hub.getHost(), "/events/a"))
        .exceptionHandler(reset -> {});
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
