package dev.allim.cli;

import dev.allim.cli.client.CommandFailedException;
import dev.allim.cli.client.EventStreamParser;
import dev.allim.cli.client.Hub;
import dev.allim.cli.client.Lines;
import dev.allim.cli.client.OpenStream;
import dev.allim.cli.client.ReceivedEvent;
import dev.allim.cli.client.Refusal;
import dev.allim.cli.client.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Listens, and comes back by itself where it stood. */
@Command(
    name = "sub",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Listen, and print what is published.",
      "A connection that breaks is made again and goes on where it was; should",
      "anything be missing then, it says so."
    },
    footer = {
      "",
      "  allim sub orders/42",
      "  allim sub 'orders/{id}' news --since 10m",
      "  allim sub '*' --json | jq .topic",
      "  allim sub 'orders/{id}' --since latest --count 1 --raw"
    })
final class SubCommand implements Runnable {
  /** Behind three heartbeats of a hub that is as it comes: who is silent for longer is gone. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int NO_MORE = 204;

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli, before anything is run
  private CommandSpec spec;

  @Mixin private final HubOptions options = new HubOptions();

  @Parameters(
      paramLabel = "TOPIC",
      arity = "1..*",
      description =
          "A topic, a template such as 'orders/{id}' or 'orders/{+rest}', or '*' for all.")
  private List<String> topics = new ArrayList<>();

  @Option(
      names = "--since",
      description =
          "Where to begin: 10m, 2026-11-22T09:00:00Z, earliest, latest (the state), or an id.")
  private Optional<String> since = Optional.empty();

  @Option(names = "--json", description = "A JSON object a line, with all there is of an event.")
  private boolean json;

  @Option(names = "--raw", description = "The data alone, as it was published.")
  private boolean raw;

  @Option(
      names = {"-n", "--count"},
      description = "End after so many events; 0, the default, for never.")
  private long count;

  private final EventStreamParser parser = new EventStreamParser();
  private long printed;
  private int attempts;

  @Override
  public void run() {
    Hub hub = options.hub();
    EventPrinter printer =
        new EventPrinter(spec.commandLine().getOut(), EventPrinter.Form.of(json, raw));
    while (wantsMore()) {
      listen(hub, printer);
      parser.cut();
      if (wantsMore()) {
        Pause.of(Pause.before(attempts++, parser.retry().orElse(FIRST_PAUSE)));
      }
    }
  }

  private boolean wantsMore() {
    return count == 0 || printed < count;
  }

  /** Until the connection ends, for whatever reason. */
  private void listen(Hub hub, EventPrinter printer) {
    try (OpenStream stream = OpenStream.open(hub, address(hub), parser.lastId(), PATIENCE)) {
      if (stream.isEvents()) {
        tell("listening to " + hub.base());
        print(stream.lines(), printer);
      } else {
        refused(stream);
      }
    } catch (IOException unreachable) {
      tell(Unreachable.words(hub, unreachable) + "; trying again");
    }
  }

  private URI address(Hub hub) {
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    if (!topics.contains("*")) {
      topics.forEach(topic -> parameters.add(Map.entry("topic", topic)));
    }
    parameters.add(Map.entry("envelope", "json"));
    since
        .filter(start -> parser.lastId().isEmpty())
        .ifPresent(start -> parameters.add(Map.entry("since", start)));
    return hub.events(parameters);
  }

  private void print(Lines lines, EventPrinter printer) {
    while (wantsMore() && lines.next(SILENCE) instanceof Lines.Next.Line line) {
      attempts = 0;
      parser.take(line.text()).ifPresent(event -> print(event, printer));
    }
  }

  private void print(ReceivedEvent event, EventPrinter printer) {
    if (!printer.print(event)) {
      tell("the hub says " + event.name() + " " + event.data());
      return;
    }
    printed++;
    if (spec.commandLine().getOut().checkError()) {
      count = printed; // whoever read this has left, as head(1) does
    }
  }

  private void refused(OpenStream stream) {
    if (stream.status() == NO_MORE) {
      throw CommandFailedException.refused("the hub says that there is no more to come (204)");
    }
    Refusal refusal = Refusal.of(stream.status(), stream.lines().rest(PATIENCE));
    if (!refusal.passes()) {
      throw refusal.exception();
    }
    tell(refusal.words() + "; trying again");
  }

  private void tell(String words) {
    spec.commandLine().getErr().println("sub: " + words);
  }
}
