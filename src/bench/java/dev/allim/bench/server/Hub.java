package dev.allim.bench.server;

import dev.allim.bench.Settings;
import dev.allim.bench.load.Post;
import dev.allim.bench.load.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packaged hub, on a JVM or as a native executable, with its default settings, open to all. */
public final class Hub implements Contender {
  /** Its column in the table. */
  public static final String NAME = "allim";

  private static final String TOPIC = "/events/bench";

  /** The column of another build of it, or of one with other settings. */
  static final String OTHER = "other";

  /** The column of one with its history in Redis. */
  static final String ON_REDIS = "redis";

  /** The column of the same build, listened to and published to by Mercure. */
  static final String AS_MERCURE = "as-mercure";

  private static final String MERCURE = "/.well-known/mercure";
  private static final Post FORM =
      new Post(
          MERCURE,
          "Content-Type: application/x-www-form-urlencoded\r\n",
          "topic=https://example.com/bench&data=",
          "");

  private final String name;
  private final Settings settings;
  private final Optional<Redis> redis;
  private final List<String> launcher;

  /** The hub as {@code settings} says. */
  public Hub(Settings settings) {
    this(NAME, settings, Optional.empty());
  }

  private Hub(String name, Settings settings, Optional<Redis> redis) {
    this.name = name;
    this.redis = redis;
    this.settings = settings;
    this.launcher = settings.serverIsJar() ? settings.javaCommand() : List.of();
  }

  static Hub other(Settings settings) {
    return new Hub(OTHER, settings.forOther(), Optional.empty());
  }

  /** One with its history in a Redis of its own, a new one at each start. */
  static Hub onRedis(Settings settings) {
    return new Hub(ON_REDIS, settings, Optional.of(Redis.start(settings)));
  }

  static Hub asMercure(Settings settings) {
    return new Hub(AS_MERCURE, settings, Optional.empty());
  }

  /** Whether a server is a hub, whichever. */
  public static boolean is(Server server) {
    return List.of(NAME, OTHER, ON_REDIS, AS_MERCURE).contains(server.name());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Server start(Map<String, String> properties) {
    int port = Server.freePort();
    Path log = settings.directory().resolve("bench-%s.log".formatted(name));
    Map<String, String> all = new LinkedHashMap<>(properties);
    all.putAll(own());
    return Server.start(name, command(port, all), target(port), log);
  }

  private Target target(int port) {
    return name.equals(AS_MERCURE)
        ? new Target(port, MERCURE + "?topic=https://example.com/bench", FORM)
        : new Target(port, TOPIC, Post.plain(TOPIC));
  }

  /** What a run gives to every hub comes with each case; some have some of their own. */
  private Map<String, String> own() {
    if (redis.isPresent()) {
      return redis.get().emptyLog();
    }
    return switch (name) {
      case OTHER -> settings.serverProperties(OTHER);
      case AS_MERCURE -> Map.of("allim.mercure.enabled", "true", "allim.mercure.anonymous", "true");
      default -> Map.of();
    };
  }

  /** A JVM wants its properties before the jar, a native executable behind its name. */
  private List<String> command(int port, Map<String, String> properties) {
    List<String> definitions = new ArrayList<>();
    definitions.add("-Dquarkus.http.host=127.0.0.1");
    definitions.add("-Dquarkus.http.port=" + port);
    definitions.add("-Dquarkus.management.port=0");
    definitions.add("-Dallim.publish.open=true");
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
