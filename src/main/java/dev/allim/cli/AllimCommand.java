package dev.allim.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself, without a word behind it: serves, as {@code allim serve} does. */
@Command(
    name = "allim",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "[COMMAND]",
    description = "A notification hub: one POST in, any number of browsers notified.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  allim serve",
      "  allim sub 'orders/{id}' --since 10m",
      "  allim pub orders/42 shipped",
      "  allim token --publish 'orders/{id}' --ttl 1h",
      "  allim doctor https://hub.example",
      "",
      "Exit codes: 0 done, 1 failed, 2 not understood, 3 refused by the hub.",
      "Without a command it serves. Settings are system properties or variables:",
      "  ALLIM_STREAM_HEARTBEAT=20s allim serve     allim -Dquarkus.http.port=8081 serve",
      "The jar is started by: java -Dkey=value -jar quarkus-run.jar COMMAND"
    })
final class AllimCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli, before anything is run
  private CommandSpec spec;

  /** Only with words that are no command: without any, nobody comes here. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "There is no such command");
  }
}
