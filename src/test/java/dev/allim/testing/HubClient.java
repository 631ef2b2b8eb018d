package dev.allim.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Talks to a running hub with request targets exactly as written.
 *
 * @param base the hub's address without a path, e.g. {@code http://localhost:8081/}
 * @param management where its metrics are
 */
public record HubClient(URI base, URI management) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** One that is managed where it serves, as in tests within Quarkus. */
  public HubClient(URI base) {
    this(base, base);
  }

  /** All that it measures, as it is scraped. */
  public String metrics() {
    return send(HttpRequest.newBuilder(management.resolve("/q/metrics"))).body();
  }

  /** The address of {@code target}, e.g. {@code /events?topic=a}. */
  public URI uri(String target) {
    return URI.create("http://%s:%d%s".formatted(base.getHost(), base.getPort(), target));
  }

  /** Listens over HTTP/1.1; {@code headers} are names and values in turn. */
  public SseClient listen(String target, String... headers) {
    return SseClient.open(uri(target), headers);
  }

  /** Posts {@code body} as plain text, which has to be accepted. */
  public void publish(String target, String body) {
    HttpResponse<String> answer = post(target, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** Posts {@code body} as plain text. */
  public HttpResponse<String> post(String target, String body) {
    return post(target, "text/plain", body);
  }

  /** Posts {@code body} as {@code mediaType}. */
  public HttpResponse<String> post(String target, String mediaType, String body) {
    return post(target, mediaType, HttpRequest.BodyPublishers.ofString(body));
  }

  /** Posts {@code body} as {@code mediaType}. */
  public HttpResponse<String> post(
      String target, String mediaType, HttpRequest.BodyPublisher body) {
    return send(HttpRequest.newBuilder(uri(target)).header("Content-Type", mediaType).POST(body));
  }

  /** Sends any request and reads the whole answer. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** The value of a meter without tags, as it is scraped. */
  public double metric(String name) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
