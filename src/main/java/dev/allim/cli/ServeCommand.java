package dev.allim.cli;

import picocli.CommandLine.Command;

/** Serves: here for its help, as the program serves without asking when nothing follows. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Run the hub until it is told to end (SIGTERM, Ctrl-C).",
    footer = {
      "",
      "Settings are variables (ALLIM_STREAM_HEARTBEAT=20s), system properties before",
      "the word (allim -Dkey=value serve; java -Dkey=value -jar quarkus-run.jar serve)",
      "or lines of config/application.properties. All: src/docs/configuration.md"
    })
final class ServeCommand implements Runnable {
  private final Runnable serve;

  ServeCommand(Runnable serve) {
    this.serve = serve;
  }

  @Override
  public void run() {
    serve.run();
  }
}
