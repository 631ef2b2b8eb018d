package dev.allim.api;

import dev.allim.http.NotificationFactory;
import dev.allim.http.RequestTarget;
import dev.allim.hub.StartAt;
import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import dev.allim.notification.InvalidFieldException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a GET asks for: of which topics, from where on. */
@ApplicationScoped
class ListenRequest {
  private static final List<String> START = List.of("since", "lastEventId", "last_event_id");

  private final NotificationFactory factory;
  private final Clock clock;

  ListenRequest(NotificationFactory factory, Clock clock) {
    this.factory = factory;
    this.clock = clock;
  }

  /**
   * The topics: that of the path, or those of the parameters, or all.
   *
   * @param topicInPath whether the path names one
   * @param more parameters that are known besides
   */
  Interest interest(RequestTarget target, boolean topicInPath, List<String> more) {
    List<String> known = new ArrayList<>(START);
    known.addAll(more);
    if (topicInPath) {
      target.allow(known);
      return Interest.in(factory.matchers(List.of(target.topic())));
    }
    known.add("topic");
    target.allow(known);
    List<String> topics = target.all("topic");
    return topics.isEmpty() ? Interest.everything() : Interest.in(factory.matchers(topics));
  }

  /**
   * Where to begin. The header, which a browser sends by itself, wins; the parameters serve a page
   * that was just loaded.
   */
  StartAt start(RequestTarget target, HttpServerRequest request, StartAt otherwise) {
    return Stream.of(header(request), target.one("lastEventId"), target.one("last_event_id"))
        .flatMap(Optional::stream)
        .filter(id -> !id.isEmpty())
        .findFirst()
        .map(ListenRequest::place)
        .or(() -> target.one("since").map(this::since))
        .orElse(otherwise);
  }

  /** A length or point of time may be somebody's id: only where a time may stand is it one. */
  private StartAt since(String text) {
    return Times.instant(text)
        .or(() -> Times.shortDuration(text).map(this::ago))
        .<StartAt>map(StartAt.Since::new)
        .orElseGet(() -> place(text));
  }

  private static StartAt place(String text) {
    if (text.equals("earliest")) {
      return new StartAt.Earliest();
    }
    if (text.equals("latest")) {
      return new StartAt.Latest();
    }
    return text.startsWith(EventId.REST_OF_LATEST)
        ? new StartAt.Latest(
            Optional.of(new EventId(text.substring(EventId.REST_OF_LATEST.length()))))
        : new StartAt.After(new EventId(text));
  }

  private java.time.Instant ago(Duration duration) {
    return clock.instant().minus(duration);
  }

  /** How many items a page may have. */
  static int limit(RequestTarget target, int otherwise, int most) {
    int limit = target.one("limit").map(ListenRequest::number).orElse(otherwise);
    if (limit < 1 || limit > most) {
      throw new InvalidFieldException("limit", "limit must be from 1 to %d".formatted(most));
    }
    return limit;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException malformed) {
      throw new InvalidFieldException("limit", "limit must be a whole number");
    }
  }

  /** Browsers send the id as UTF-8, HTTP libraries read bytes as Latin-1. */
  private static Optional<String> header(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("Last-Event-ID"))
        .map(
            latin1 ->
                new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
  }
}
