package dev.allim.bench.server;

import dev.allim.bench.Settings;
import dev.allim.bench.load.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged hub, on a JVM or as a native executable, with its default settings. */
public final class Hub implements Contender {
  /** Its column in the table. */
  public static final String NAME = "allim";

  private static final String TOPIC = "/events/bench";

  private final Settings settings;
  private final List<String> launcher;

  /** The hub as {@code settings} says. */
  public Hub(Settings settings) {
    this.settings = settings;
    this.launcher = settings.serverIsJar() ? settings.javaCommand() : List.of();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Server start(Map<String, String> properties) {
    int port = Server.freePort();
    Path log = settings.directory().resolve("bench-allim.log");
    return Server.start(NAME, command(port, properties), new Target(port, TOPIC, TOPIC), log);
  }

  /** A JVM wants its properties before the jar, a native executable behind its name. */
  private List<String> command(int port, Map<String, String> properties) {
    List<String> definitions = new ArrayList<>();
    definitions.add("-Dquarkus.http.host=127.0.0.1");
    definitions.add("-Dquarkus.http.port=" + port);
    definitions.add("-Dallim.history.path=" + emptyHistory());
    properties.forEach((key, value) -> definitions.add("-D" + key + "=" + value));
    List<String> command = new ArrayList<>(launcher);
    if (settings.serverIsJar()) {
      command.addAll(definitions);
      command.add("-jar");
      command.add(settings.server().toString());
    } else {
      command.add(settings.server().toString());
      command.addAll(definitions);
    }
    return command;
  }

  /** Beside the other results, on a disk, as a temporary directory may be in memory. */
  private Path emptyHistory() {
    try {
      return Files.createTempDirectory(settings.directory(), "bench-history").resolve("allim.db");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
