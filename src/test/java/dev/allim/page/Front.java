package dev.allim.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server before the hub: hands on what is below its prefix, and has answers of its own for some
 * paths. When the hub is away it cuts the connection.
 */
final class Front implements AutoCloseable {
  private static final List<String> HANDED_ON = List.of("Accept", "Content-Type", "Last-Event-ID");

  private record Answer(String mediaType, byte[] body) {}

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final URI hub;
  private final String prefix;
  private final HttpServer server;
  private volatile Optional<String> admitted = Optional.empty();
  private volatile boolean holdsBack;

  Front(URI hub, String prefix) {
    this.hub = hub;
    this.prefix = prefix;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers this path itself. */
  Front answering(String path, String mediaType, byte[] body) {
    answers.put(path, new Answer(mediaType, body));
    return this;
  }

  /** Lets through what comes with this authorization only. */
  Front admitting(String authorization) {
    admitted = Optional.of(authorization);
    return this;
  }

  /** Keeps what a stream says until it is over, as some proxies do. */
  Front holdingStreamsBack() {
    holdsBack = true;
    return this;
  }

  /** Where the prefix is. */
  URI uri() {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), prefix));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answers.get(exchange.getRequestURI().getPath());
      if (answer != null) {
        exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
        exchange.sendResponseHeaders(200, answer.body().length);
        exchange.getResponseBody().write(answer.body());
      } else if (isRefused(exchange)) {
        refuse(exchange);
      } else if (exchange.getRequestURI().getPath().startsWith(prefix)) {
        handOn(exchange);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isRefused(HttpExchange exchange) {
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    return exchange.getRequestURI().getPath().startsWith("/events")
        && admitted.filter(wanted -> !wanted.equals(sent)).isPresent();
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    byte[] problem = "{\"detail\":\"stale token\"}".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
    exchange.sendResponseHeaders(401, problem.length);
    exchange.getResponseBody().write(problem);
  }

  private void handOn(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().toString().substring(prefix.length());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.resolve("/" + path))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name : HANDED_ON) {
      exchange
          .getRequestHeaders()
          .getOrDefault(name, List.of())
          .forEach(value -> request.header(name, value));
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    response
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    if (holdsBack && isStream(response)) {
      response.body().readAllBytes();
    }
    exchange.sendResponseHeaders(response.statusCode(), 0);
    pass(response.body(), exchange.getResponseBody());
  }

  private static boolean isStream(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("").contains("event-stream");
  }

  private static void pass(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[8192];
    try (from) {
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        to.write(buffer, 0, read);
        to.flush();
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
