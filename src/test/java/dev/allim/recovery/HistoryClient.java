package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.testing.HubProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Publishes to a hub and reads its history, page by page. */
final class HistoryClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpClient http = HttpClient.newHttpClient();
  private final HubProgram hub;

  HistoryClient(HubProgram hub) {
    this.hub = hub;
  }

  /**
   * A notification in the history.
   *
   * @param id its id
   * @param topic its canonical topic
   * @param data its data
   */
  record Kept(String id, String topic, String data) {}

  /** Publishes and returns the id, if the hub answered that it has it. */
  Optional<String> publish(String topic, String data) {
    return send(request(topic, data).build());
  }

  /** The same, which may be done again without publishing twice. */
  Optional<String> publishOnce(String topic, String data) {
    return send(request(topic, data).header("Idempotency-Key", data).build());
  }

  private HttpRequest.Builder request(String topic, String data) {
    return HttpRequest.newBuilder(hub.uri("/events/" + topic))
        .POST(HttpRequest.BodyPublishers.ofString(data));
  }

  private Optional<String> send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 201
          ? Optional.of(JSON.readTree(answer.body()).get("id").textValue())
          : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** All that is kept after {@code since}. */
  List<Kept> after(String since) {
    List<Kept> kept = new ArrayList<>();
    JsonNode page = page(since);
    while (!page.get("items").isEmpty()) {
      for (JsonNode item : page.get("items")) {
        kept.add(
            new Kept(
                item.get("id").textValue(),
                item.get("topics").get(0).textValue(),
                item.get("data").textValue()));
      }
      page = page(page.get("next").textValue());
    }
    return kept;
  }

  /** A node that has just lost its Redis says so, and is asked again, as a client would. */
  private JsonNode page(String since) {
    URI uri =
        hub.uri("/events?limit=1000&since=" + URLEncoder.encode(since, StandardCharsets.UTF_8));
    HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", "application/json").build();
    HttpResponse<String> answer =
        await("the history can be read")
            .atMost(PATIENCE)
            .until(() -> answer(request), page -> page.statusCode() != UNAVAILABLE);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(OK);
    return read(answer);
  }

  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode read(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }
}
