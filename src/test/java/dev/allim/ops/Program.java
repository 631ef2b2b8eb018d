package dev.allim.ops;

import static org.awaitility.Awaitility.await;

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

/** The packaged program as a process of its own: the native executable if there is one. */
final class Program implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:\\s]+:(\\d+)");
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

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
    List<String> command = new ArrayList<>();
    Path executable = Path.of(System.getProperty("native.image.path", "none"));
    boolean isNative = Files.isExecutable(executable);
    command.add(isNative ? executable.toString() : java());
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.add("-Dquarkus.http.port=0");
    command.add("-Dallim.history.path=" + directory.resolve("allim.db"));
    for (String setting : settings) {
      command.add("-D" + setting);
    }
    if (!isNative) {
      command.addAll(List.of("-jar", JAR.toString()));
    }
    return command;
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElse("java");
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
