package dev.allim.api;

import dev.allim.http.NotificationFactory;
import dev.allim.http.route.RequestTarget;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.TopicFilter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what a GET asks for: of which topics, from where on. */
@ApplicationScoped
class ListenRequest {
  private static final String ENVELOPE = "envelope";

  /** Read before the request comes here, see {@code dev.allim.security}. */
  private static final String TICKET = "ticket";

  private static final List<String> KNOWN =
      List.of("since", "last", "lastEventId", "last_event_id", ENVELOPE, TICKET);

  /** Of a page, and of what a stream begins with. */
  private static final int MOST_ITEMS = 1000;

  private static final Set<String> WORDS = Set.of("earliest", "latest");
  private static final String UUID = "urn:uuid:";
  private static final int UUID_LENGTH = UUID.length() + 36;
  private static final int VERSION_AT = UUID.length() + 14;

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
  TopicFilter filter(RequestTarget target, boolean topicInPath, List<String> more) {
    List<String> known = new ArrayList<>(KNOWN);
    known.addAll(more);
    if (topicInPath) {
      target.allow(known);
      return TopicFilter.in(factory.matchers(List.of(target.topic())));
    }
    known.add("topic");
    target.allow(known);
    List<String> topics = target.all("topic").stream().map(ListenRequest::plus).toList();
    return topics.isEmpty() ? TopicFilter.everything() : TopicFilter.in(factory.matchers(topics));
  }

  /** A query makes a space of the {@code +} in {@code {+rest}}, and no variable begins with one. */
  private static String plus(String template) {
    return template.replace("{ ", "{+");
  }

  /**
   * Where to begin. The header, which a browser sends by itself, wins; the parameters serve a page
   * that was just loaded.
   */
  StartAt start(RequestTarget target, RoutingContext context, StartAt otherwise) {
    Optional<StartAt> last = count(target, "last").map(StartAt.Last::new);
    if (last.isPresent() && target.one("since").isPresent()) {
      throw new InvalidFieldException("last", "give either since or last");
    }
    return header(context.request())
        .filter(id -> !id.isEmpty())
        .map(ListenRequest::sentByItself)
        .or(() -> parameter(target).map(ListenRequest::place))
        .or(() -> target.one("since").map(text -> since(text, context)))
        .or(() -> last)
        .orElse(otherwise);
  }

  private static Optional<String> parameter(RequestTarget target) {
    return Stream.of(target.one("lastEventId"), target.one("last_event_id"))
        .flatMap(Optional::stream)
        .filter(id -> !id.isEmpty())
        .findFirst();
  }

  /**
   * Of a hub, perhaps, that stood at this address before: an error would end the browser's tries.
   */
  private static StartAt sentByItself(String text) {
    try {
      return place(text);
    } catch (InvalidFieldException notOurs) {
      return new StartAt.AfterUnknown();
    }
  }

  /** A length or point of time may be somebody's id: only where a time may stand is it one. */
  private StartAt since(String text, RoutingContext context) {
    return isHubsOwn(text)
        ? place(text)
        : TimeFormats.since(text)
            .<StartAt>map(since -> new StartAt.Since(since.from(clock.instant())))
            .or(() -> id(text).filter(id -> KnownIds.isKnown(context)).map(StartAt.After::new))
            .orElseThrow(ListenRequest::neither);
  }

  /** The id that this may be, if it is no time and its form does not tell. */
  static Optional<EventId> doubtfulId(String text) {
    return isHubsOwn(text) || TimeFormats.since(text).isPresent() ? Optional.empty() : id(text);
  }

  private static Optional<EventId> id(String text) {
    try {
      return Optional.of(new EventId(text));
    } catch (InvalidFieldException none) {
      return Optional.empty();
    }
  }

  private static InvalidFieldException neither() {
    return new InvalidFieldException(
        "since",
        "since must be the id of a notification that is kept, 'earliest', 'latest', a point of"
            + " time such as 2026-11-22T09:00:00Z or 2026-11-22, or a length of time such as 90s,"
            + " 10m, 2h, 7d or PT10M");
  }

  /** Words, places, and ids that the hub makes, or made before they were of version 8. */
  private static boolean isHubsOwn(String text) {
    return isUuid(text)
        || WORDS.contains(text)
        || text.startsWith(EventId.REST_OF_LATEST)
        || text.startsWith(EventId.PLACE);
  }

  /** Of version 7 or 8, in small letters; each browser that comes back has one. */
  private static boolean isUuid(String text) {
    return text.length() == UUID_LENGTH
        && text.startsWith(UUID)
        && (text.charAt(VERSION_AT) == '8' || text.charAt(VERSION_AT) == '7')
        && isHexAndHyphens(text, UUID.length());
  }

  private static boolean isHexAndHyphens(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-')) {
        return false;
      }
    }
    return true;
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

  /** How the events are to say what they are about. */
  static Dialect dialect(RequestTarget target) {
    return switch (target.one(ENVELOPE).orElse("none")) {
      case "none" -> Dialect.PLAIN;
      case "json" -> Dialect.JSON;
      case "cloudevents" -> Dialect.CLOUDEVENTS;
      default ->
          throw new InvalidFieldException(
              ENVELOPE, "envelope must be 'none', 'json' or 'cloudevents'");
    };
  }

  /** How many notifications a parameter asks for. */
  static Optional<Integer> count(RequestTarget target, String name) {
    Optional<Integer> count = target.one(name).map(text -> number(name, text));
    if (count.isPresent() && (count.get() < 1 || count.get() > MOST_ITEMS)) {
      throw new InvalidFieldException(name, "%s must be from 1 to %d".formatted(name, MOST_ITEMS));
    }
    return count;
  }

  private static int number(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException malformed) {
      throw new InvalidFieldException(name, "%s must be a whole number".formatted(name));
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
