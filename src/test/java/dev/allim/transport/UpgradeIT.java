package dev.allim.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.RawHttp;
import dev.allim.testing.SseClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that would rather speak HTTP/2 in clear text, and say so in their first request. */
class UpgradeIT {
  private static final String[] WISH = {
    "Connection: Upgrade, HTTP2-Settings",
    "Upgrade: h2c",
    "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA"
  };

  @TempDir static Path directory;

  private static HubProgram hub;

  @BeforeAll
  static void start() {
    hub = HubProgram.start(directory, Map.of());
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static String[] wishAnd(String... headers) {
    return java.util.stream.Stream.of(WISH, headers)
        .flatMap(java.util.stream.Stream::of)
        .toArray(String[]::new);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({"true, 10", "false, 10", "true, 200000", "false, 200000", "true, 0", "false, 0"})
  void aClientOfTheJdkPublishesWithOrWithoutExpecting(boolean expects, int length)
      throws IOException, InterruptedException {
    for (int i = 0; i < 10; i++) {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(hub.uri("/events/upgrade"))
                  .expectContinue(expects)
                  .POST(HttpRequest.BodyPublishers.ofString("x".repeat(length))));

      assertThat(answer.statusCode()).isEqualTo(201);
    }
  }

  @Test
  void aClientOfTheJdkIsUpgradedByARequestWithoutABody() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest page =
        HttpRequest.newBuilder(hub.uri("/events")).header("Accept", "application/json").build();

    assertThat(client.send(page, HttpResponse.BodyHandlers.ofString()).version())
        .isEqualTo(HttpClient.Version.HTTP_2);
    try (SseClient reader =
        SseClient.open(HttpClient.Version.HTTP_2, hub.uri("/events/upgrade/stream"))) {
      assertThat(reader.head().version()).isEqualTo(HttpClient.Version.HTTP_2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "P"})
  void theWishOfARequestWithABodyIsIgnoredInWhateverPiecesItComes(String firstPiece) {
    String head =
        "POST /events/upgrade HTTP/1.1\r\nHost: h\r\n"
            + String.join("\r\n", WISH)
            + "\r\nContent-Length: 1\r\n\r\n";
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      int cut = firstPiece.length();
      http.send(head.substring(0, cut)).send(head.substring(cut)).send("x");

      assertThat(http.readAnswer().status()).isEqualTo(201);
    }
  }

  @Test
  void whoExpectsToContinueIsToldSoInHttp1() {
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      http.request(
          "POST /events/upgrade HTTP/1.1", wishAnd("Expect: 100-continue", "Content-Length: 1"));
      List<String> first = http.readHead();
      http.send("x");

      assertThat(first).containsExactly("HTTP/1.1 100 Continue");
      assertThat(http.readAnswer().status()).isEqualTo(201);
    }
  }

  @Test
  void chunksAreABodyToo() {
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      http.request("POST /events/upgrade HTTP/1.1", wishAnd("Transfer-Encoding: chunked"))
          .send("1\r\nx\r\n0\r\n\r\n");

      assertThat(http.readAnswer().status()).isEqualTo(201);
    }
  }

  @Test
  void aRequestWithoutABodyIsUpgraded() {
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      http.request("GET /events/upgrade HTTP/1.1", WISH);

      assertThat(http.readHead().get(0)).isEqualTo("HTTP/1.1 101 Switching Protocols");
    }
  }

  /** The preface and empty settings (RFC 9113, 3.4): answered with settings, frame type 4. */
  @Test
  void whoKnowsThatItIsHttp2BeginsWithIt() {
    try (RawHttp http = RawHttp.connect(hub.uri("/"))) {
      http.send("PRI * HTTP/2.0\r\n\r\n").send("SM\r\n\r\n\0\0\0\4\0\0\0\0\0");

      assertThat(http.readThrough("\4").length()).isLessThanOrEqualTo(4);
    }
  }
}
