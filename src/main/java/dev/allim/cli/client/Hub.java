package dev.allim.cli.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A hub that is talked to over HTTP/1.1, as a browser or a script would.
 *
 * @param base its address without a slash at its end
 * @param token who asks, as a JWT
 */
public record Hub(String base, Optional<String> token) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  public static Hub at(URI address, Optional<String> token) {
    if (address.getHost() == null || !String.valueOf(address.getScheme()).startsWith("http")) {
      throw CommandFailedException.failed(
          "'%s' is not the address of a hub, such as https://hub.example".formatted(address));
    }
    return new Hub(address.toString().replaceAll("/+$", ""), token.filter(text -> !text.isBlank()));
  }

  /**
   * The address of the stream or the history of what these name and say, each as often as it is.
   */
  public URI events(Iterable<Map.Entry<String, String>> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        one ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(one.getKey())
                .append('=')
                .append(encoded(one.getValue())));
    return URI.create(base + "/events" + query);
  }

  /** Where a topic is published to. */
  public URI topic(String topic, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(one -> one.getKey() + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    String path = encoded(topic).replace("+", "%20").replace("%2F", "/");
    return URI.create(base + "/events/" + path + (query.isEmpty() ? "" : "?" + query));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A request with what belongs to each of them. */
  public HttpRequest.Builder request(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    token.ifPresent(jwt -> request.header("Authorization", "Bearer " + jwt));
    return request;
  }

  /** Sends it and waits for the whole answer, the end of which the client itself would not time. */
  public HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    return Exchange.await(
        client().sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()), PATIENCE);
  }

  /** For one use: a command makes few requests and ends. */
  HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(PATIENCE)
        .build();
  }
}
