package dev.allim.cli;

import dev.allim.cli.client.CommandFailedException;
import dev.allim.cli.client.Hub;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at a hub the way its readers and publishers see it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Find out why a stream does not work.",
      "Is the hub reached, does a proxy hold events back, do heartbeats come in time,",
      "what is a token good for? Tries to publish one short-lived notification."
    },
    footer = {
      "",
      "  allim doctor https://hub.example",
      "  ALLIM_TOKEN=… allim doctor https://hub.example --topic orders/42",
      "",
      "Exit codes: 0 all is well, 1 something is not."
    })
final class DoctorCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli, before anything is run
  private CommandSpec spec;

  @Parameters(
      paramLabel = "URL",
      arity = "0..1",
      defaultValue = "${env:ALLIM_HUB:-http://localhost:8080}",
      description = "Where the hub is; else $$ALLIM_HUB, or port 8080 here.")
  private URI url = URI.create("http://localhost:8080");

  @Option(
      names = "--token",
      paramLabel = "JWT",
      description = "What to look with; otherwise $$ALLIM_TOKEN.")
  private Optional<String> token = Optional.empty();

  @Option(
      names = "--topic",
      defaultValue = "allim/doctor",
      description = "Where to listen and publish; ${DEFAULT-VALUE} otherwise.")
  private String topic = "";

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "35",
      description = "How long to wait for a heartbeat; ${DEFAULT-VALUE} otherwise.")
  private int seconds;

  @Override
  public void run() {
    Hub hub = Hub.at(url, token.or(() -> Optional.ofNullable(System.getenv("ALLIM_TOKEN"))));
    Examination examination = new Examination(hub, topic, Duration.ofSeconds(seconds), this::tell);
    if (!examination.isWell()) {
      throw CommandFailedException.failed("something is not well");
    }
  }

  private void tell(Finding finding) {
    spec.commandLine().getOut().println(finding.line());
  }
}
