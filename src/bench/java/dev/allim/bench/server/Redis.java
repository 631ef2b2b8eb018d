package dev.allim.bench.server;

import dev.allim.bench.Settings;
import dev.allim.bench.load.Post;
import dev.allim.bench.load.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A redis-server of this run, whose answers a power cut does not take back. */
final class Redis {
  private final Server server;
  private final AtomicInteger logs = new AtomicInteger();

  private Redis(Server server) {
    this.server = server;
  }

  /**
   * Starts one; it ends with the program.
   *
   * @throws MissingException if there is none on this machine
   */
  static Redis start(Settings settings) {
    String program =
        Programs.find("redis-server")
            .orElseThrow(() -> new MissingException("no redis-server"))
            .toString();
    int port = Server.freePort();
    try {
      String directory = Files.createTempDirectory(settings.directory(), "bench-redis").toString();
      List<String> command =
          List.of(
              program,
              "--bind",
              "127.0.0.1",
              "--port",
              Integer.toString(port),
              "--save",
              "",
              "--dir",
              directory,
              "--appendonly",
              "yes",
              "--appendfsync",
              "always");
      return new Redis(
          Server.start(
              "redis-server",
              command,
              new Target(port, "", Post.plain("/")),
              settings.directory().resolve("bench-redis.log")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What a hub has to be told that shares an empty log with those who are told the same. */
  Map<String, String> emptyLog() {
    return Map.of(
        "allim.history.engine", "redis",
        "allim.history.redis.name", "bench" + logs.incrementAndGet(),
        "quarkus.redis.hosts", "redis://127.0.0.1:" + server.target().port());
  }
}
