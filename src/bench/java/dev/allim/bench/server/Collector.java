package dev.allim.bench.server;

import dev.allim.bench.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Has a server's garbage collected, so that its memory is what it needs. */
public final class Collector {
  private final Optional<Path> jcmd;

  /** For a server that runs as {@code settings} say. */
  public Collector(Settings settings) {
    this.jcmd =
        Optional.of(settings.javaHome().resolve("bin/jcmd"))
            .filter(program -> settings.serverIsJar() && Files.isExecutable(program));
  }

  /** Whether there is a way to ask for it. */
  public boolean isThere() {
    return jcmd.isPresent();
  }

  /** Returns when it is done; does nothing for servers without a collector. */
  public void collect(Server server) {
    if (Hub.is(server) && jcmd.isPresent()) {
      String pid = server.usage().pids().get(0).toString();
      Programs.run(List.of(jcmd.get().toString(), pid, "GC.run"));
    }
  }
}
