package dev.allim.ops;

import static org.awaitility.Awaitility.await;

import dev.allim.testing.PackagedProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged program as a process of its own. */
final class Program implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:\\s]+:(\\d+)");

  private final Process process;
  private final Path directory;

  private Program(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /** Starts it on a free port with these settings, {@code key=value} each. */
  static Program start(String... settings) throws IOException {
    Path directory = Files.createTempDirectory("allim");
    Process process =
        new ProcessBuilder(command(directory, settings))
            .redirectErrorStream(true)
            .redirectOutput(log(directory).toFile())
            .start();
    return new Program(process, directory);
  }

  private static Path log(Path directory) {
    return directory.resolve("log");
  }

  private static List<String> command(Path directory, String... settings) {
    List<String> options = new ArrayList<>();
    options.add("-Dquarkus.http.host=127.0.0.1");
    options.add("-Dquarkus.http.port=0");
    options.add("-Dallim.history.path=" + directory.resolve("allim.db"));
    for (String setting : settings) {
      options.add("-D" + setting);
    }
    return PackagedProgram.command(options);
  }

  /** Where it listens, once it does. */
  URI uri(String path) {
    int port =
        await().atMost(Duration.ofSeconds(60)).until(this::port, Optional::isPresent).orElseThrow();
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private Optional<Integer> port() {
    Matcher line = LISTENING.matcher(log());
    return line.find() ? Optional.of(Integer.parseInt(line.group(1))) : Optional.empty();
  }

  /** What it has written so far. */
  String log() {
    try {
      return Files.readString(log(directory));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Waits for its end. */
  int exitCode(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("Still running after " + atMost + ":\n" + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
