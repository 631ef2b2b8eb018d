package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.PackagedProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged program, with its demo feed on and a directory of its own. It keeps its port when it
 * is stopped and started again.
 */
final class RunningHub implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
  private static final long PATIENCE_SECONDS = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path directory;
  private Process process;
  private int port;

  private RunningHub(Path directory) {
    this.directory = directory;
    this.process = launch();
    this.port = portOf(process);
  }

  static RunningHub start() {
    try {
      return new RunningHub(Files.createTempDirectory("allim-page"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  void stop() {
    process.destroy();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("stopped").isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  void startAgain() {
    process = launch();
    port = portOf(process);
  }

  /** Publishes as curl would. */
  void post(String topicAndQuery, String data) {
    send("events/" + topicAndQuery, "application/x-www-form-urlencoded", data);
  }

  /** Publishes many at once, each a line of JSON. */
  void postLines(String lines) {
    send("events", "application/x-ndjson", lines);
  }

  private void send(String path, String mediaType, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri().resolve(path))
            .header("Content-Type", mediaType)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private Process launch() {
    List<String> options =
        List.of(
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dallim.demo.enabled=true",
            "-Dallim.demo.every=1s");
    try {
      return new ProcessBuilder(PackagedProgram.command(options))
          .directory(directory.toFile())
          .redirectErrorStream(true)
          .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int portOf(Process process) {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, port), "hub output");
    reader.setDaemon(true);
    reader.start();
    return port.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static void read(Process process, CompletableFuture<Integer> port) {
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          port.complete(Integer.valueOf(listening.group(1)));
        }
      }
    } catch (IOException closed) {
      output.append(closed);
    }
    port.completeExceptionally(new AssertionError("the hub did not start:\n" + output));
  }

  @Override
  public void close() {
    stop();
  }
}
