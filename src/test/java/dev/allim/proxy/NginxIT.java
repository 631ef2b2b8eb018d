package dev.allim.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers and publishers see through {@code docker/nginx/allim.conf}. */
@QuarkusIntegrationTest
@TestProfile(BehindProxy.class)
class NginxIT {
  private static final String PROBLEM = "application/problem+json";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String topic = "nginx/" + UUID.randomUUID();

  @TestHTTPResource URI hub = URI.create("http://unset");
  @TempDir Path directory = Path.of("unset");
  private Optional<Nginx> started = Optional.empty();

  @BeforeEach
  void startNginx() throws IOException {
    started = Optional.of(Nginx.before(hub.getPort(), installedNginx(), directory));
  }

  @AfterEach
  void stopNginx() {
    started.ifPresent(Nginx::close);
  }

  @Test
  void anEventArrivesWhileTheResponseIsOpen() throws Exception {
    try (Reader reader = reader()) {
      publish(nginx().uri(path()), "now");

      assertThat(reader.next("data: ")).isEqualTo("now");
    }
  }

  @Test
  void heartbeatsPass() throws Exception {
    try (Reader reader = reader()) {
      reader.next(":");

      assertThat(reader.next(":")).isNotNull();
    }
  }

  @Test
  void theLastEventIdPasses() throws Exception {
    String first = publish(nginx().uri(path()), "first");
    publish(nginx().uri(path()), "second");

    try (Reader reader = reader("Last-Event-ID: " + first)) {
      assertThat(reader.next("data: ")).isEqualTo("second");
    }
  }

  @Test
  void nothingIsMissedThroughARestartOfTheProxy() throws Exception {
    String lastSeen;
    try (Reader reader = reader()) {
      publish(nginx().uri(path()), "before");
      lastSeen = reader.next("id: ");
      nginx().stop();
      assertThat(reader.rest()).doesNotContain("data: between 1");
    }
    publish(hub.resolve(path()), "between 1");
    publish(hub.resolve(path()), "between 2");
    nginx().start();

    try (Reader reader = reader("Last-Event-ID: " + lastSeen)) {
      publish(nginx().uri(path()), "after");
      assertThat(List.of(reader.next("data: "), reader.next("data: "), reader.next("data: ")))
          .containsExactly("between 1", "between 2", "after");
    }
  }

  @Test
  void readersAreCountedByTheirOwnAddressWhateverTheyClaim() throws Exception {
    List<Reader> open = new ArrayList<>();
    try {
      for (int i = 0; i < BehindProxy.STREAMS_PER_ADDRESS; i++) {
        open.add(from("127.0.0.2", "X-Forwarded-For: 198.51.100." + i));
        open.get(i).next(":");
      }
      try (Reader oneTooMany = from("127.0.0.2", "X-Forwarded-For: 198.51.100.77")) {
        assertThat(oneTooMany.rest()).anyMatch(line -> line.startsWith("retry:"));
      }
      try (Reader neighbour = from("127.0.0.3")) {
        assertThat(neighbour.next(":")).isNotNull();
      }
    } finally {
      for (Reader reader : open) {
        reader.close();
      }
    }
  }

  @Test
  void aBrowserIsToldToComeBackWhileTheHubIsAway() throws Exception {
    try (Nginx alone = Nginx.before(Nginx.freePort(), installedNginx(), directory)) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(alone.uri("/events/a"))
                  .header("Accept", "text/event-stream")
                  .build(),
              BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(answer.body()).isEqualTo("retry: 2000\n\n");
    }
  }

  @Test
  void aPublisherIsToldTheTruthWhileTheHubIsAway() throws Exception {
    try (Nginx alone = Nginx.before(Nginx.freePort(), installedNginx(), directory)) {
      HttpResponse<String> answer = post(alone.uri("/events/a"), "lost?");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedByTheHubInItsOwnWords() throws Exception {
    HttpResponse<String> answer = post(nginx().uri(path()), "x".repeat(2 << 20));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
  }

  @Test
  void metricsAndHealthStayInside() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(nginx().uri("/q/metrics")).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("nginx");
  }

  private static Path installedNginx() {
    Optional<Path> program = Nginx.program();
    if (program.isEmpty()) {
      skip("nginx is not installed: nothing is tested behind a proxy.");
    }
    return program.orElseThrow();
  }

  private static void skip(String reason) {
    System.out.println("SKIPPED NginxIT: " + reason);
    if ("true".equals(System.getenv("ALLIM_REQUIRE_ALL"))) {
      fail(reason);
    }
    Assumptions.abort(reason);
  }

  private Nginx nginx() {
    return started.orElseThrow();
  }

  private String path() {
    return "/events/" + topic;
  }

  private Reader reader(String... headers) throws IOException {
    return Reader.of(nginx().port(), path(), headers);
  }

  private Reader from(String address, String... headers) throws IOException {
    return Reader.from(address, nginx().port(), path(), headers);
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
