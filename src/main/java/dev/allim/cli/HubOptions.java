package dev.allim.cli;

import dev.allim.cli.client.Hub;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the hub is and who asks: what the commands that talk to one have in common. */
final class HubOptions {
  @Option(
      names = {"-H", "--hub"},
      paramLabel = "URL",
      defaultValue = "${env:ALLIM_HUB:-http://localhost:8080}",
      description = "Where the hub is; else $$ALLIM_HUB, or port 8080 here.")
  private URI hub = URI.create("http://localhost:8080");

  @Option(
      names = "--token",
      paramLabel = "JWT",
      description =
          "Who asks; otherwise $$ALLIM_TOKEN, which others on this machine cannot read off a list"
              + " of processes.")
  private Optional<String> token = Optional.empty();

  Hub hub() {
    return Hub.at(hub, token.or(() -> Optional.ofNullable(System.getenv("ALLIM_TOKEN"))));
  }
}
