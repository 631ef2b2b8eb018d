package dev.allim.cli;

import dev.allim.cli.client.Hub;
import dev.allim.cli.client.Lines;
import dev.allim.cli.client.OpenStream;
import dev.allim.cli.client.Refusal;
import dev.allim.cli.client.Unreachable;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** One look at a hub, step by step; what is found is told at once. */
final class Examination {
  /** Longer, and a person has noticed: whatever holds events back holds them for seconds. */
  private static final Duration AT_ONCE = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** After which proxies and phones drop a silent connection. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private static final int CREATED = 201;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final Hub hub;
  private final String topic;
  private final Duration heartbeat;
  private final Consumer<Finding> told;
  private boolean well = true;

  Examination(Hub hub, String topic, Duration heartbeat, Consumer<Finding> told) {
    this.hub = hub;
    this.topic = topic;
    this.heartbeat = heartbeat;
    this.told = told;
  }

  /** Looks; whether all is well. */
  boolean isWell() {
    long start = System.nanoTime();
    hub.token().ifPresent(jwt -> tell(TokenText.read(jwt)));
    try (OpenStream stream =
        OpenStream.open(
            hub, hub.events(List.of(Map.entry("topic", topic))), Optional.empty(), PATIENCE)) {
      if (stream.isEvents()) {
        tell(Finding.ok("reached: the stream began after %d ms".formatted(millisSince(start))));
        tell(head(stream));
        look(stream.lines());
      } else {
        tell(refused(stream));
      }
    } catch (IOException unreachable) {
      tell(Finding.bad(Unreachable.words(hub, unreachable)));
    }
    return well;
  }

  private void tell(Finding finding) {
    well &= finding.verdict() != Finding.Verdict.BAD;
    told.accept(finding);
  }

  private static long millisSince(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  private static Finding refused(OpenStream stream) {
    String words = Refusal.of(stream.status(), stream.lines().rest(PATIENCE)).words();
    return Finding.bad(
        stream
            .headers()
            .firstValue("Location")
            .map(to -> words + "; it is at " + to)
            .orElse(words));
  }

  private static Finding head(OpenStream stream) {
    if (stream.headers().firstValue("Content-Encoding").isPresent()) {
      return Finding.bad(
          "something between here and the hub compresses the stream, and may gather events for it");
    }
    return stream.headers().firstValue("Cache-Control").orElse("").contains("no-cache")
        ? Finding.ok("no cache may keep the stream, and no proxy change it")
        : Finding.note("something between here and the hub has taken Cache-Control away");
  }

  private void look(Lines lines) {
    if (firstWords(lines)) {
      tell(Finding.ok("the hub's greeting came with the head"));
    } else {
      tell(
          Finding.bad(
              buffered("Nothing came within %ds of the head".formatted(AT_ONCE.toSeconds()))));
    }
    publish(lines);
    beat(lines);
  }

  private static boolean firstWords(Lines lines) {
    return lines.next(AT_ONCE) instanceof Lines.Next.Line;
  }

  private static String buffered(String symptom) {
    return symptom
        + ": a proxy gathers what it should hand on (nginx: proxy_buffering off; see"
        + " src/docs/deployment.md)";
  }

  // ---- a notification's way

  private void publish(Lines lines) {
    String mark = "doctor " + UUID.randomUUID();
    long start = System.nanoTime();
    try {
      HttpResponse<String> answer =
          hub.send(
              hub.request(hub.topic(topic, Map.of("ttl", "1m")))
                  .header("Content-Type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString(mark)));
      if (answer.statusCode() == CREATED) {
        tell(published());
        tell(arrival(lines, mark, start));
      } else {
        tell(notPublished(answer));
      }
    } catch (IOException broken) {
      tell(Finding.bad(Unreachable.words(hub, broken)));
    }
  }

  private Finding published() {
    return hub.token().isPresent()
        ? Finding.ok("publishing to %s is granted".formatted(topic))
        : Finding.note(
            "anybody who reaches it may publish to %s: there was no token".formatted(topic));
  }

  private static Finding arrival(Lines lines, String mark, long start) {
    while (lines.next(AT_ONCE) instanceof Lines.Next.Line line) {
      if (line.text().endsWith(mark)) {
        return Finding.ok(
            "a notification arrived %d ms after it was sent".formatted(millisSince(start)));
      }
    }
    return Finding.bad(buffered("What was published did not arrive"));
  }

  private Finding notPublished(HttpResponse<String> answer) {
    String words = Refusal.of(answer.statusCode(), answer.body()).words();
    return switch (answer.statusCode()) {
      case UNAUTHORIZED ->
          hub.token().isPresent()
              ? Finding.bad("the token is refused: " + words)
              : Finding.ok("publishing needs a token: " + words);
      case FORBIDDEN ->
          hub.token().isPresent()
              ? Finding.note(
                  "the token does not grant publishing to %s: %s".formatted(topic, words))
              : Finding.ok("publishing is closed: " + words);
      default -> Finding.bad("publishing failed: " + words);
    };
  }

  // ---- silence

  private void beat(Lines lines) {
    long start = System.nanoTime();
    Lines.Next next = lines.next(heartbeat);
    Duration silence = Duration.ofNanos(System.nanoTime() - start);
    while (next instanceof Lines.Next.Line line && !line.text().startsWith(":")) {
      next = lines.next(heartbeat);
      silence = Duration.ofNanos(System.nanoTime() - start);
    }
    tell(heartbeat(next, silence));
  }

  private static Finding heartbeat(Lines.Next next, Duration silence) {
    String after = "after %.1f s".formatted(silence.toMillis() / 1000.0);
    if (next instanceof Lines.Next.Silence) {
      return Finding.bad(
          "no heartbeat %s: a proxy holds it back, or the hub is stuck".formatted(after));
    }
    if (next instanceof Lines.Next.End) {
      return Finding.bad("the connection was cut %s of silence".formatted(after));
    }
    return silence.compareTo(LONGEST_SILENCE) < 0
        ? Finding.ok("a heartbeat came " + after)
        : Finding.note(
            "a heartbeat came only %s; connections are dropped after 30 s".formatted(after));
  }
}
