package dev.allim.bench.server;

import dev.allim.bench.load.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A started server. Closing it ends the process and those it has started. */
public final class Server implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(2);

  private final String name;
  private final Process process;
  private final Target target;
  private final Duration startedIn;

  private Server(String name, Process process, Target target, Duration startedIn) {
    this.name = name;
    this.process = process;
    this.target = target;
    this.startedIn = startedIn;
  }

  /** A TCP port that nobody listens on. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Starts a process and waits until it listens.
   *
   * @param log takes what it prints
   */
  static Server start(String name, List<String> command, Target target, Path log) {
    long begin = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      awaitListening(process, target.port(), name + ", see " + log);
      Duration startedIn = Duration.ofNanos(System.nanoTime() - begin);
      return new Server(name, process, target, startedIn);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot start " + name, failure);
    }
  }

  private static void awaitListening(Process process, int port, String what) {
    long end = System.nanoTime() + START.toNanos();
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() - end >= 0) {
        process.destroyForcibly();
        throw new IllegalStateException("Did not start: " + what);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The contender's name. */
  public String name() {
    return name;
  }

  /** Where it listens. */
  public Target target() {
    return target;
  }

  /** From the start of the process until it accepted a connection. */
  public Duration startedIn() {
    return startedIn;
  }

  /** What it and its workers take. */
  public Usage usage() {
    return new Usage(
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
            .map(ProcessHandle::pid)
            .toList());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
