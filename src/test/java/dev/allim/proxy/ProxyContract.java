package dev.allim.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import dev.allim.testing.SseSocket;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers and publishers see through a proxy, whichever it is. */
abstract class ProxyContract {
  private static final String PROBLEM = "application/problem+json";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String topic = "proxy/" + UUID.randomUUID();
  private final Product product;

  @TestHTTPResource URI hub = URI.create("http://unset");
  @TempDir Path directory = Path.of("unset");
  private Optional<Proxy> started = Optional.empty();

  ProxyContract(Product product) {
    this.product = product;
  }

  @BeforeEach
  void start() throws IOException {
    started = Optional.of(before(hub.getPort(), 0));
  }

  private Proxy before(int hubPort, int awayPort) throws IOException {
    return Proxy.before(product, hubPort, awayPort, directory);
  }

  @AfterEach
  void stop() {
    started.ifPresent(Proxy::close);
  }

  @Test
  void anEventArrivesWhileTheResponseIsOpen() throws Exception {
    try (SseClient reader = reader()) {
      publish(proxy().uri(path()), "now");

      assertThat(reader.next().data()).isEqualTo("now");
    }
  }

  @Test
  void heartbeatsPass() {
    try (SseClient reader = reader()) {
      reader.nextRetry();

      assertThat(reader.nextComment()).isNotNull();
    }
  }

  @Test
  void theLastEventIdPasses() throws Exception {
    String first = publish(proxy().uri(path()), "first");
    publish(proxy().uri(path()), "second");

    try (SseClient reader = reader("Last-Event-ID", first)) {
      assertThat(reader.next().data()).isEqualTo("second");
    }
  }

  @Test
  void nothingIsMissedThroughARestartOfTheProxy() throws Exception {
    String lastSeen;
    try (SseClient reader = reader()) {
      publish(proxy().uri(path()), "before");
      lastSeen = reader.next().lastEventId();
      proxy().stop();
      assertThat(reader.rest()).isEmpty();
    }
    publish(hub.resolve(path()), "between 1");
    publish(hub.resolve(path()), "between 2");
    proxy().start();

    try (SseClient reader = reader("Last-Event-ID", lastSeen)) {
      publish(proxy().uri(path()), "after");
      assertThat(reader.next(3))
          .extracting(ReceivedEvent::data)
          .containsExactly("between 1", "between 2", "after");
    }
  }

  @Test
  void readersAreCountedByTheirOwnAddressWhateverTheyClaim() throws Exception {
    List<SseClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < BehindProxy.STREAMS_PER_ADDRESS; i++) {
        open.add(from("127.0.0.2", "X-Forwarded-For", "198.51.100." + i));
        open.get(i).nextRetry();
      }
      try (SseClient oneTooMany = from("127.0.0.2", "X-Forwarded-For", "198.51.100.77")) {
        assertThat(oneTooMany.nextRetry()).isPositive();
        oneTooMany.awaitEnd();
      }
      try (SseClient neighbour = from("127.0.0.3")) {
        publish(proxy().uri(path()), "for all");
        assertThat(neighbour.next().data()).isEqualTo("for all");
      }
    } finally {
      open.forEach(SseClient::close);
    }
  }

  @Test
  void aBrowserIsToldToComeBackWhileTheHubIsAway() throws Exception {
    try (Away away = new Away();
        Proxy alone = before(Proxy.freePort(), away.port())) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(alone.uri("/events/a"))
                  .header("Accept", "text/event-stream")
                  .build(),
              BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(answer.body()).isEqualTo(Away.STREAM);
    }
  }

  @Test
  void aPublisherIsToldTheTruthWhileTheHubIsAway() throws Exception {
    try (Away away = new Away();
        Proxy alone = before(Proxy.freePort(), away.port())) {
      HttpResponse<String> answer = post(alone.uri("/events/a"), "lost?");

      assertThat(answer.statusCode()).isIn(502, 503);
      if (product != Product.TRAEFIK) {
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(answer.body()).contains("\"status\":503", "Idempotency-Key");
      }
    }
  }

  @Test
  void aReaderWhoLeavesIsMissedAtOnce() throws Exception {
    double before = gone();

    reader().close();

    await().until(() -> gone() > before);
  }

  private static URI metrics() {
    return URI.create("http://localhost:%d/q/metrics".formatted(BehindProxy.MANAGEMENT));
  }

  private double gone() throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(metrics()).build(), BodyHandlers.ofLines())
        .body()
        .filter(line -> line.matches("allim_streams_closed_total\\{cause=\"client_left\",?} .*"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedByTheHubInItsOwnWords() throws Exception {
    HttpResponse<String> answer = post(proxy().uri(path()), "x".repeat(2 << 20));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
  }

  @Test
  void metricsAndHealthStayInside() throws Exception {
    for (String path : List.of("/q/metrics", "/q/health", "/q/health/ready")) {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(proxy().uri(path)).build(), BodyHandlers.ofString());

      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type")).isNotEqualTo(Optional.of(PROBLEM));
    }
  }

  private Proxy proxy() {
    return started.orElseThrow();
  }

  private String path() {
    return "/events/" + topic;
  }

  private SseClient reader(String... headers) {
    return SseClient.open(SseSocket.Way.USUAL, proxy().uri(path()), headers);
  }

  private SseClient from(String address, String... headers) {
    return SseClient.open(SseSocket.Way.from(address), proxy().uri(path()), headers);
  }

  private String publish(URI uri, String data) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(uri, data);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
  }

  private HttpResponse<String> post(URI uri, String data) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(data)).build(),
        BodyHandlers.ofString());
  }
}
