package dev.allim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.cli.client.CommandFailedException;
import dev.allim.cli.client.Hub;
import dev.allim.cli.client.Refusal;
import dev.allim.cli.client.Unreachable;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes one notification. */
@Command(
    name = "pub",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Publish one notification, and print its id.",
      "What may pass, as a restart of the hub, is tried again; still it is published",
      "once."
    },
    footer = {
      "",
      "  allim pub orders/42 shipped",
      "  allim pub orders/42 --event update '{\"state\":\"shipped\"}'",
      "  df -h | allim pub machines/7/disk -",
      "  allim pub news --delay 10m --ttl 1h 'happy new year'"
    })
final class PubCommand implements Runnable {
  private static final int ATTEMPTS = 4;
  private static final int OK = 200;
  private static final int NO_SUCCESS = 300;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli, before anything is run
  private CommandSpec spec;

  @Mixin private final HubOptions options = new HubOptions();

  @Parameters(index = "0", paramLabel = "TOPIC", description = "What it is published under.")
  private String topic = "";

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      arity = "0..1",
      defaultValue = "-",
      description = "The data, as it is; - or nothing reads it from the standard input.")
  private String data = "-";

  @Option(names = "--event", paramLabel = "NAME", description = "The name of the event.")
  private Optional<String> event = Optional.empty();

  @Option(names = "--id", description = "Its id; the hub makes one otherwise.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--key", description = "What it replaces: the newest with a key is its state.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "How long it is of use: 90s, 10m, 2h.")
  private Optional<String> ttl = Optional.empty();

  @Option(names = "--delay", paramLabel = "TIME", description = "How much later: 90s, 10m, 2h.")
  private Optional<String> delay = Optional.empty();

  @Option(
      names = "--private",
      description = "Only for those whose token lets them listen to the topic.")
  private boolean isPrivate;

  @Override
  public void run() {
    Hub hub = options.hub();
    byte[] body = body();
    String once = UUID.randomUUID().toString();
    HttpResponse<String> answer = publish(hub, body, once);
    spec.commandLine().getOut().println(published(answer.body()));
  }

  private byte[] body() {
    try {
      return data.equals("-") ? System.in.readAllBytes() : data.getBytes(StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw CommandFailedException.failed("cannot read the standard input: " + unreadable);
    }
  }

  private HttpResponse<String> publish(Hub hub, byte[] body, String once) {
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<String> answer = hub.send(request(hub, body, once));
        if (answer.statusCode() >= OK && answer.statusCode() < NO_SUCCESS) {
          return answer;
        }
        Refusal refusal = Refusal.of(answer.statusCode(), answer.body());
        if (!refusal.passes() || attempt == ATTEMPTS) {
          throw refusal.exception();
        }
        Pause.of(retryAfter(answer).orElseGet(() -> Pause.before(0, FIRST_PAUSE)));
      } catch (IOException unreachable) {
        if (attempt == ATTEMPTS) {
          throw CommandFailedException.failed(Unreachable.words(hub, unreachable));
        }
        Pause.of(Pause.before(attempt, FIRST_PAUSE));
      }
    }
  }

  private HttpRequest.Builder request(Hub hub, byte[] body, String once) {
    return hub.request(hub.topic(topic, parameters()))
        .header("Content-Type", "text/plain; charset=utf-8")
        .header("Idempotency-Key", once)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    event.ifPresent(value -> parameters.put("event", value));
    id.ifPresent(value -> parameters.put("id", value));
    key.ifPresent(value -> parameters.put("key", value));
    ttl.ifPresent(value -> parameters.put("ttl", value));
    delay.ifPresent(value -> parameters.put("delay", value));
    if (isPrivate) {
      parameters.put("private", "true");
    }
    return parameters;
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,4}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(time -> time.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : time);
  }

  private static String published(String answer) {
    try {
      return new ObjectMapper().readTree(answer).path("id").asText();
    } catch (JsonProcessingException other) {
      throw CommandFailedException.failed("What answered is no hub: " + answer);
    }
  }
}
