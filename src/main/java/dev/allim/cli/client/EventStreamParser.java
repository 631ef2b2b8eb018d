package dev.allim.cli.client;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads lines of an event stream as the WHATWG HTML standard says (9.2.6). For one thread. */
public final class EventStreamParser {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

  private final StringBuilder data = new StringBuilder();
  private String name = "";
  private Optional<String> arrivingId = Optional.empty();
  private Optional<String> lastId = Optional.empty();
  private Optional<Duration> retry = Optional.empty();

  /** What to resume behind: that of the last block that was complete. */
  public Optional<String> lastId() {
    return lastId;
  }

  /** How long the hub wants its readers to wait before they come back. */
  public Optional<Duration> retry() {
    return retry;
  }

  /** Forgets what has come of a block: its stream has ended in the midst of it. */
  public void cut() {
    data.setLength(0);
    name = "";
    arrivingId = lastId;
  }

  /** Takes the next line, without its end; an event, if that completes one. */
  public Optional<ReceivedEvent> take(String line) {
    if (line.isEmpty()) {
      return dispatch();
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    field(field, value.startsWith(" ") ? value.substring(1) : value);
    return Optional.empty();
  }

  private void field(String field, String value) {
    switch (field) {
      case "data" -> data.append(value).append('\n');
      case "event" -> name = value;
      case "id" -> arrivingId = value.isEmpty() ? Optional.empty() : Optional.of(value);
      case "retry" -> retry = DIGITS.matcher(value).matches() ? millis(value) : retry;
      default -> {} // a comment, or what a later standard may know
    }
  }

  private static Optional<Duration> millis(String value) {
    return Optional.of(Duration.ofMillis(Long.parseLong(value)));
  }

  private Optional<ReceivedEvent> dispatch() {
    lastId = arrivingId;
    Optional<ReceivedEvent> event =
        data.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new ReceivedEvent(
                    name.isEmpty() ? "message" : name, data.substring(0, data.length() - 1)));
    cut();
    return event;
  }
}
