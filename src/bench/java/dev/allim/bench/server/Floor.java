package dev.allim.bench.server;

import dev.allim.bench.Settings;
import dev.allim.bench.load.Post;
import dev.allim.bench.load.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The least a hub can do that sends once per reader and event: src/bench/c/floor.c, compiled. */
public final class Floor implements Contender {
  private static final String NAME = "floor";
  private static final Path SOURCE = Path.of("src/bench/c/floor.c");

  private final Settings settings;
  private final Path program;

  private Floor(Settings settings, Path program) {
    this.settings = settings;
    this.program = program;
  }

  /**
   * Compiles it.
   *
   * @throws MissingException if this machine cannot
   */
  static Floor compile(Settings settings) {
    Path compiler = Programs.find("cc").orElseThrow(() -> new MissingException("no C compiler cc"));
    Path program = settings.directory().resolve("bench-floor");
    Programs.run(List.of(compiler.toString(), "-O2", "-o", program.toString(), SOURCE.toString()));
    return new Floor(settings, program);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Server start(Map<String, String> properties) {
    int port = Server.freePort();
    return Server.start(
        NAME,
        List.of(program.toString(), Integer.toString(port)),
        new Target(port, "/", Post.plain("/")),
        settings.directory().resolve("bench-floor.log"));
  }
}
