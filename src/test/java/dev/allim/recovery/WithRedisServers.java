package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.RedisServer;
import dev.allim.testing.Requires;
import dev.allim.testing.SseClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Servers of a test's own, and hubs that reach them in one way or another. */
abstract class WithRedisServers {
  @TempDir Path directory;

  private final List<AutoCloseable> running = new ArrayList<>();

  @AfterEach
  void stopAll() throws Exception {
    for (int last = running.size() - 1; last >= 0; last--) {
      running.get(last).close();
    }
  }

  <T extends AutoCloseable> T running(T started) {
    running.add(started);
    return started;
  }

  /** Is closed after the test, as is all that follows. */
  RedisServer redis(String... options) {
    return running(RedisServer.start(directory, options));
  }

  HubProgram hub(Map<String, String> redis) {
    Map<String, String> settings = new HashMap<>(redis);
    settings.put("allim.history.engine", "redis");
    HubProgram hub = HubProgram.start(directory, settings);
    running.add(hub::kill);
    return hub;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What a program of this machine prints, which has to end well. */
  String run(String program, Object... arguments) {
    List<String> command = new ArrayList<>(List.of(Requires.program(program).toString()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(printed).isZero();
      return printed;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  static void requireThatItIsHeard(HubProgram hub, String data) {
    try (SseClient reader = hub.client().listen("/events/ways")) {
      hub.client().publish("/events/ways", data);
      assertThat(reader.next().data()).isEqualTo(data);
    }
  }
}
