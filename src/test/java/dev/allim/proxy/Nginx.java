package dev.allim.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * An nginx on a free port, with the configuration that {@code docker/compose.yaml} gives it. Only
 * addresses and paths are others. It ignores the hub's own word against buffering, so that the
 * configuration is what the tests see at work.
 */
final class Nginx implements AutoCloseable {
  private static final Path CONFIGURATION = Path.of("docker", "nginx");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path program;
  private final Path directory;
  private final int port;
  private Optional<Process> process = Optional.empty();

  private Nginx(Path program, Path directory, int port) {
    this.program = program;
    this.directory = directory;
    this.port = port;
  }

  /** Where nginx is, if it is installed. */
  static Optional<Path> program() {
    return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A started nginx in front of a hub on {@code hubPort} of this machine. */
  static Nginx before(int hubPort, Path program, Path directory) throws IOException {
    Nginx nginx = new Nginx(program, directory, freePort());
    nginx.configure(hubPort);
    nginx.start();
    return nginx;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  int port() {
    return port;
  }

  void start() throws IOException {
    process =
        Optional.of(
            new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start());
    Awaitility.await("nginx listens, see " + log()).atMost(PATIENCE).until(this::listens);
  }

  /** Stops it at once, as when its machine goes: open streams are cut. */
  void stop() {
    process.ifPresent(Nginx::end);
    process = Optional.empty();
  }

  @Override
  public void close() {
    stop();
  }

  private List<String> command() {
    return List.of(
        program.toString(),
        "-p",
        directory.toString(),
        "-c",
        directory.resolve("nginx.conf").toString(),
        "-g",
        "daemon off; user " + System.getProperty("user.name") + ";");
  }

  private void configure(int hubPort) throws IOException {
    Path allim = directory.resolve("allim.conf");
    write(
        allim,
        replaced(
            replaced(read("allim.conf"), "server hub:8080;", "server 127.0.0.1:" + hubPort + ";"),
            "listen 8080;",
            "listen 127.0.0.1:" + port + "; proxy_ignore_headers X-Accel-Buffering;"));
    write(
        directory.resolve("nginx.conf"),
        replaced(
            replaced(read("nginx.conf"), "/tmp/", directory + "/"),
            "/etc/nginx/allim.conf",
            allim.toString()));
  }

  private static String read(String file) throws IOException {
    return Files.readString(CONFIGURATION.resolve(file));
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  private static String replaced(String text, String from, String to) {
    if (!text.contains(from)) {
      throw new IllegalStateException("docker/nginx no longer says: " + from);
    }
    return text.replace(from, to);
  }

  private boolean listens() {
    if (process.filter(Process::isAlive).isEmpty()) {
      throw new IllegalStateException("nginx ended, see " + log());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private Path log() {
    return directory.resolve("nginx.log");
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
