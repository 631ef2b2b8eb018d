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
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The packaged program, as its own process in a directory of its own. It can be stopped, killed and
 * started again, and keeps its port and its files.
 */
public final class HubProgram implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile(
          "Listening on: http://[^:]+:(\\d+).*[Mm]anagement interface listening on"
              + " http://[^:]+:(\\d+)");

  /** Tests have no tokens unless they say so; an empty value is none, and so the default. */
  private static final String OPEN = "allim.publish.open";

  private static final String KEYS = "allim.auth.";
  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final StringBuffer output = new StringBuffer();
  private final List<String> jvm;
  private Run run;
  private int port = KeptPort.choose();
  private int managementPort = KeptPort.choose();

  private HubProgram(Path directory, Map<String, String> settings, List<String> jvm) {
    this.directory = directory;
    this.jvm = jvm;
    this.settings.putAll(settings);
    if (settings.keySet().stream().noneMatch(key -> key.startsWith(KEYS))) {
      this.settings.putIfAbsent(OPEN, "true");
    }
    this.run = launch();
  }

  /**
   * One life of the program.
   *
   * @param process the process
   * @param ports completed with where it serves and is managed, when it listens, exceptionally if
   *     it ends before
   * @param said completed when all that it printed is read
   */
  private record Run(
      Process process, CompletableFuture<List<Integer>> ports, CompletableFuture<?> said) {}

  /** Starts it in {@code directory}, with keys of its configuration; returns when it listens. */
  public static HubProgram start(Path directory, Map<String, String> settings) {
    return start(directory, settings, List.of());
  }

  /** The same with options of the JVM, or of the executable, such as {@code -Xmx64m}. */
  public static HubProgram start(Path directory, Map<String, String> settings, List<String> jvm) {
    HubProgram hub = new HubProgram(directory, settings, jvm);
    hub.awaitListening();
    return hub;
  }

  /** Starts several at once, which share their settings. */
  public static List<HubProgram> startAll(int count, Path directory, Map<String, String> settings) {
    List<CompletableFuture<HubProgram>> starting =
        IntStream.range(0, count)
            .mapToObj(each -> CompletableFuture.supplyAsync(() -> start(directory, settings)))
            .toList();
    return starting.stream().map(CompletableFuture::join).toList();
  }

  /** Starts one without waiting for anything: it may also refuse to start. */
  public static HubProgram launch(Path directory, Map<String, String> settings) {
    return new HubProgram(directory, settings, List.of());
  }

  /** Where it listens. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Where it is managed. */
  public URI management(String path) {
    return URI.create("http://127.0.0.1:" + managementPort + path);
  }

  /** Talks to it. */
  public HubClient client() {
    return new HubClient(uri("/"), management("/"));
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
    return run.process();
  }

  /** Asks it to end (SIGTERM) and waits for that; its exit code. */
  public int stop() {
    terminate();
    return awaitEnd();
  }

  /** Asks it to end (SIGTERM). {@code Process.destroy} would also close the ear on what it says. */
  public void terminate() {
    run.process().toHandle().destroy();
  }

  /** Ends it without asking (SIGKILL). */
  public void kill() {
    run.process().toHandle().destroyForcibly();
    awaitEnd();
  }

  /** Waits for its end and its last word; its exit code. */
  public int awaitEnd() {
    try {
      boolean ended = run.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(ended).as(() -> "it ended after:\n" + output).isTrue();
      run.said().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      return run.process().exitValue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Starts it again where it was; returns when it listens. */
  public void startAgain() {
    run = launch();
    awaitListening();
  }

  private void awaitListening() {
    try {
      List<Integer> ports = run.ports().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      port = ports.get(0);
      managementPort = ports.get(1);
    } catch (CompletionException failure) {
      kill();
      throw failure;
    }
  }

  private Run launch() {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command()).directory(directory.toFile()).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("ALLIM_"));
      Run launched =
          new Run(builder.start(), new CompletableFuture<>(), new CompletableFuture<Void>());
      Thread reader = new Thread(() -> read(launched), "hub output");
      reader.setDaemon(true);
      reader.start();
      return launched;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private List<String> command() {
    List<String> options = new ArrayList<>(jvm);
    options.add("-Dquarkus.http.host=127.0.0.1");
    options.add("-Dquarkus.http.port=" + port);
    options.add("-Dquarkus.management.port=" + managementPort);
    settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
    return PackagedProgram.command(options);
  }

  private void read(Run from) {
    try (BufferedReader lines = from.process().inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          from.ports()
              .complete(
                  List.of(
                      Integer.valueOf(listening.group(1)), Integer.valueOf(listening.group(2))));
        }
      }
    } catch (IOException closed) {
      // the process has ended, and with it what it says
    }
    from.ports().completeExceptionally(new AssertionError("the hub did not start:\n" + output));
    from.said().complete(null);
  }

  @Override
  public void close() {
    if (run.process().isAlive()) {
      stop();
    }
  }
}
