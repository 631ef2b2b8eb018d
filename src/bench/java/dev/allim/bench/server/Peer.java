package dev.allim.bench.server;

import dev.allim.bench.Settings;
import dev.allim.bench.load.Post;
import dev.allim.bench.load.Target;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Another hub, whose program somebody has: {@code NAME:PATH}. How it is started, read from and
 * published to is in src/bench/peers/NAME.properties.
 */
final class Peer implements Contender {
  private static final Path DESCRIPTIONS = Path.of("src/bench/peers");

  private final String name;
  private final Path program;
  private final Properties description;
  private final Settings settings;

  private Peer(String name, Path program, Properties description, Settings settings) {
    this.name = name;
    this.program = program;
    this.description = description;
    this.settings = settings;
  }

  /**
   * Finds it.
   *
   * @throws MissingException if its program is not there
   * @throws IllegalArgumentException if nothing describes it
   */
  static Peer find(String peer, Settings settings) {
    String[] parts = peer.split(":", 2);
    Path description = DESCRIPTIONS.resolve(parts[0] + ".properties");
    if (parts.length < 2 || !Files.isReadable(description)) {
      throw new IllegalArgumentException(
          "bench.peers takes floor, nchan, other, and NAME:PATH where there is a %s; not %s"
              .formatted(description, peer));
    }
    Path program = Path.of(parts[1]).toAbsolutePath();
    if (!Files.isExecutable(program)) {
      throw new MissingException("no program " + program);
    }
    return new Peer(parts[0], program, read(description), settings);
  }

  private static Properties read(Path file) {
    Properties read = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      read.load(text);
      return read;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Server start(Map<String, String> properties) {
    try {
      int port = Server.freePort();
      Path directory = Files.createTempDirectory(settings.directory(), "bench-" + name);
      Files.writeString(directory.resolve("config"), said("config", port, directory));
      return Server.start(
          name,
          Stream.of(said("command", port, directory).split(" +")).toList(),
          new Target(port, said("stream", port, directory), post(port, directory)),
          settings.directory().resolve("bench-%s.log".formatted(name)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Post post(int port, Path directory) {
    List<String> headers = said("headers", port, directory).lines().toList();
    return new Post(
        said("publish", port, directory),
        String.join("", headers.stream().map(line -> line + "\r\n").toList()),
        said("before", port, directory),
        said("after", port, directory));
  }

  private String said(String key, int port, Path directory) {
    return description
        .getProperty(key, "")
        .replace("{program}", program.toString())
        .replace("{directory}", directory.toString())
        .replace("{port}", Integer.toString(port));
  }
}
