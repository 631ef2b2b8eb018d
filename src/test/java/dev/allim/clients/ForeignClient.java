package dev.allim.clients;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.testing.Requires;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A client that somebody else wrote, as its own process: {@code src/test/clients} holds the few
 * lines that use it, {@code .ci/clients} puts it where it is looked for. It prints what it is
 * given, message by message, and ends after the data {@code end}.
 */
enum ForeignClient {
  EVENTSOURCE("eventsource.mjs", "node_modules/eventsource", 0),
  EVENTSOURCE_1("eventsource-1.mjs", "node_modules/eventsource-1", 0),
  /** Reports a block that carries nothing but the id, with which a stream begins. */
  FETCH_EVENT_SOURCE("fetch-event-source.mjs", "node_modules/@microsoft/fetch-event-source", 1),
  HTTPX_SSE("with_httpx_sse.py", "python/bin/python", 1),
  GO_SSE("go-sse/main.go", "go-sse/go-sse", 1);

  private static final Path SOURCES = Path.of("src/test/clients").toAbsolutePath();
  private static final Path INSTALLED = Path.of("target/clients").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String script;
  private final String part;
  private final int emptyAtMost;

  ForeignClient(String script, String part, int emptyAtMost) {
    this.script = script;
    this.part = part;
    this.emptyAtMost = emptyAtMost;
  }

  /** Messages without data that it makes of the greeting of a fresh stream. */
  int emptyAtMost() {
    return emptyAtMost;
  }

  /**
   * What one was given.
   *
   * @param id its last event id at the time
   * @param data as it says
   */
  record Message(String id, String data) {
    boolean isEmpty() {
      return data.isEmpty();
    }
  }

  /**
   * One that listens.
   *
   * @param process its process
   * @param messages what it was given up to now
   */
  record Running(Process process, List<Message> messages) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** Has one listen; skips the test where it is not installed. */
  Running listen(URI stream) throws IOException {
    return listenWith(List.of(stream.toString()));
  }

  /** The same with a token; for those of Node. */
  Running listen(URI stream, String token) throws IOException {
    return listenWith(List.of(stream.toString(), token));
  }

  private Running listenWith(List<String> arguments) throws IOException {
    Requires.rarely(
        Files.exists(INSTALLED.resolve(part)),
        "target/clients/%s is missing; .ci/clients installs it".formatted(part));
    Process process =
        new ProcessBuilder(Stream.concat(command().stream(), arguments.stream()).toList())
            .directory(INSTALLED.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Running running = new Running(process, new CopyOnWriteArrayList<>());
    Thread reader = new Thread(() -> read(running), name());
    reader.setDaemon(true);
    reader.start();
    return running;
  }

  private List<String> command() throws IOException {
    return switch (this) {
      case EVENTSOURCE, EVENTSOURCE_1, FETCH_EVENT_SOURCE ->
          List.of(Requires.program("node").toString(), besideItsModules().toString());
      case HTTPX_SSE ->
          List.of(INSTALLED.resolve(part).toString(), SOURCES.resolve(script).toString());
      case GO_SSE -> List.of(INSTALLED.resolve(part).toString());
    };
  }

  /** Node looks for modules from where a script is. */
  private Path besideItsModules() throws IOException {
    return Files.copy(
        SOURCES.resolve(script), INSTALLED.resolve(script), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void read(Running running) {
    try (BufferedReader lines = running.process().inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        running.messages().add(JSON.readValue(line, Message.class));
      }
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }
}
