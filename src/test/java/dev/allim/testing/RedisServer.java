package dev.allim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A real redis-server as a process of its own, on a free port of this machine, with its files in a
 * directory of the test's. It can be paused, killed and started again, and keeps its port.
 */
public final class RedisServer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final int TRIES = 5;
  private static final int HIGHEST_OF_A_CLUSTER = 65_535 - 10_000;

  private final Path directory;
  private final List<String> options;
  private final int port;
  private Process process;

  private RedisServer(Path directory, List<String> options, int port, Process process) {
    this.directory = directory;
    this.options = options;
    this.port = port;
    this.process = process;
  }

  /** Starts one; skips the test where there is no redis-server. Returns when it takes commands. */
  public static RedisServer start(Path directory, String... options) {
    program();
    List<String> wanted = List.of(options);
    for (int tries = 1; ; tries++) {
      int port = freePort();
      Process process = launch(directory, wanted, port);
      if (isReady(process)) {
        return new RedisServer(directory, wanted, port, process);
      }
      // another program may have been faster to take the port
      assertThat(tries).as("starts of redis-server").isLessThan(TRIES);
    }
  }

  /**
   * That of {@code -Dallim.test.redis}, another version of Redis or Valkey, or else the one that is
   * installed.
   */
  public static Path program() {
    return Optional.ofNullable(System.getProperty("allim.test.redis"))
        .map(Path::of)
        .orElseGet(() -> Requires.program("redis-server"));
  }

  /** Those of a cluster talk to each other at 10,000 more, which has to be a port, too. */
  private static int freePort() {
    int port = 0;
    while (port == 0 || port > HIGHEST_OF_A_CLUSTER) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return port;
  }

  private static Process launch(Path directory, List<String> options, int port) {
    List<String> command = new ArrayList<>();
    command.add(program().toString());
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--save", "", "--dir", directory.toString(), "--daemonize", "no"));
    command.addAll(options);
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isReady(Process process) {
    return readiness(process).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static CompletableFuture<Boolean> readiness(Process process) {
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    Thread reader = new Thread(() -> listen(process, ready), "redis output");
    reader.setDaemon(true);
    reader.start();
    return ready;
  }

  /** Reads all that it says, so that it never waits for a reader. */
  private static void listen(Process process, CompletableFuture<Boolean> ready) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("Ready to accept connections")) {
          ready.complete(true);
        }
      }
    } catch (IOException ended) {
      // with the process
    }
    ready.complete(false);
  }

  /** As a client is told. */
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** It answers nobody, and keeps its connections (SIGSTOP). */
  public void pause() {
    Signals.send("STOP", process);
  }

  /** It goes on (SIGCONT). */
  public void resume() {
    Signals.send("CONT", process);
  }

  /** Ends it without asking (SIGKILL). */
  public void kill() {
    try {
      process.destroyForcibly();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Starts it again where it was; returns when it takes commands. */
  public void startAgain() {
    process = launch(directory, options, port);
    assertThat(isReady(process)).as("it takes commands again").isTrue();
  }

  /**
   * Starts it again with one more option, and returns as soon as it says that it loads its file
   * ({@code LOADING}), which it should take a while for.
   */
  public void startAgainLoading(String option, String value) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(option, value));
    process = launch(directory, all, port);
    readiness(process);
    await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(this::isLoading);
  }

  /** Whether it answers that it loads its file. */
  public boolean isLoading() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return answer != null && answer.startsWith("-LOADING");
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    kill();
  }
}
