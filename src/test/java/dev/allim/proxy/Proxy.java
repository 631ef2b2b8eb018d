package dev.allim.proxy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A proxy on a free port of this machine, with the configuration that {@code docker} has for it.
 */
final class Proxy implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Product product;
  private final Path program;
  private final Place place;
  private Optional<Process> process = Optional.empty();

  private Proxy(Product product, Place place) {
    this.product = product;
    this.program = product.program();
    this.place = place;
  }

  /**
   * What differs from one test to the next.
   *
   * @param port where the proxy listens
   * @param hub where the hub does
   * @param away where somebody answers for a hub that is away
   * @param directory of the configuration and the log
   */
  record Place(int port, int hub, int away, Path directory) {}

  /** A started proxy in front of a hub on {@code hub} of this machine. */
  static Proxy before(Product product, int hub, int away, Path directory) throws IOException {
    Proxy proxy = new Proxy(product, new Place(freePort(), hub, away, directory));
    proxy.configure();
    proxy.start();
    return proxy;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + place.port() + path);
  }

  void start() throws IOException {
    List<String> command =
        Stream.concat(Stream.of(program.toString()), product.command(place.directory()).stream())
            .toList();
    process =
        Optional.of(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start());
    Awaitility.await("it listens, see " + log()).atMost(PATIENCE).until(this::listens);
  }

  /** Stops it at once, as when its machine goes: open streams are cut. */
  void stop() {
    process.ifPresent(Proxy::end);
    process = Optional.empty();
  }

  @Override
  public void close() {
    stop();
  }

  private void configure() throws IOException {
    Map<String, String> files = new HashMap<>();
    for (String file : product.files()) {
      files.put(file, Files.readString(Path.of("docker", product.id(), file)));
    }
    for (Map.Entry<String, String> file :
        product.adapt(new Text(files), place).files().entrySet()) {
      Files.writeString(place.directory().resolve(file.getKey()), file.getValue());
    }
  }

  private boolean listens() {
    if (process.filter(Process::isAlive).isEmpty()) {
      throw new IllegalStateException(product + " ended, see " + log());
    }
    try {
      // Traefik listens first, and then reads its rules
      return ((HttpURLConnection) uri("/").toURL().openConnection()).getResponseCode() != 404;
    } catch (IOException notYet) {
      return false;
    }
  }

  private Path log() {
    return place.directory().resolve("log");
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
