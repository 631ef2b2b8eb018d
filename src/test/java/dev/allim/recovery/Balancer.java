package dev.allim.recovery;

import dev.allim.testing.HubProgram;
import dev.allim.testing.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * A real HAProxy in front of several hubs: it asks each whether it is ready, gives no more to one
 * that is not, and cuts what it has there, so that readers of a node that hangs go to another.
 */
final class Balancer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String CONFIGURATION =
      """
      global
        maxconn %d
        nbthread 1
      defaults
        mode http
        timeout connect 2s
        timeout client 60s
        timeout server 60s
        timeout check 2s
        retries 2
        option redispatch
        option http-server-close
      frontend all
        bind 127.0.0.1:%d backlog 4096
        default_backend nodes
      backend nodes
        balance leastconn
        option httpchk GET /q/health/ready
        default-server inter 300ms fall 2 rise 1 maxconn 10000 on-marked-down shutdown-sessions
      %s
      """;

  /** Connections beside the streams. */
  private static final int PUBLISHERS = 100;

  private final int port;
  private final Process process;

  private Balancer(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one for so many streams; returns when it takes connections. Skips the test where there
   * is no HAProxy.
   */
  static Balancer before(List<HubProgram> nodes, int streams, Path directory) {
    String program = Requires.program("haproxy").toString();
    int port = freePort();
    try {
      Path file = directory.resolve("haproxy.cfg");
      Files.writeString(file, CONFIGURATION.formatted(streams + PUBLISHERS, port, servers(nodes)));
      Process process =
          new ProcessBuilder(program, "-db", "-f", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("haproxy.log").toFile())
              .start();
      Balancer balancer = new Balancer(port, process);
      Awaitility.await("HAProxy listens").atMost(PATIENCE).until(balancer::listens);
      return balancer;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String servers(List<HubProgram> nodes) {
    return IntStream.range(0, nodes.size())
        .mapToObj(number -> server(number, nodes.get(number)))
        .collect(Collectors.joining("\n"));
  }

  private static String server(int number, HubProgram node) {
    return "  server node%d 127.0.0.1:%d check port %d"
        .formatted(number, node.port(), node.management("/").getPort());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new IllegalStateException("HAProxy ended, see haproxy.log");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where it takes what is for any of them. */
  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
