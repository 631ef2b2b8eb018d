package dev.allim.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged program, as its own process in a directory of its own. It can be stopped, killed and
 * started again, and keeps its port and its files.
 */
public final class HubProgram implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final StringBuffer output = new StringBuffer();
  private Process process;
  private int port;

  private HubProgram(Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings.putAll(settings);
    launch();
  }

  /** Starts it in {@code directory}, with keys of its configuration; returns when it listens. */
  public static HubProgram start(Path directory, Map<String, String> settings) {
    return new HubProgram(directory, settings);
  }

  /** Where it listens. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Its port, the same for every start. */
  public int port() {
    return port;
  }

  /** All that it has printed. */
  public String output() {
    return output.toString();
  }

  /** The running process. */
  public Process process() {
    return process;
  }

  /** Asks it to end (SIGTERM) and waits for that; its exit code. */
  public int stop() {
    process.destroy();
    return awaitEnd();
  }

  /** Ends it without asking (SIGKILL). */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Waits for its end; its exit code. */
  public int awaitEnd() {
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Starts it again where it was. */
  public void startAgain() {
    launch();
  }

  private void launch() {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command()).directory(directory.toFile()).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("ALLIM_"));
      process = builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    port = portOf(process);
  }

  private List<String> command() {
    List<String> options = new ArrayList<>();
    options.add("-Dquarkus.http.host=127.0.0.1");
    options.add("-Dquarkus.http.port=" + port);
    settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
    return PackagedProgram.command(options);
  }

  private int portOf(Process started) {
    CompletableFuture<Integer> found = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(started, found), "hub output");
    reader.setDaemon(true);
    reader.start();
    return found.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private void read(Process started, CompletableFuture<Integer> found) {
    try (BufferedReader lines = started.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          found.complete(Integer.valueOf(listening.group(1)));
        }
      }
    } catch (IOException closed) {
      // the process has ended, and with it what it says
    }
    found.completeExceptionally(new AssertionError("the hub did not start:\n" + output));
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }
}
