package dev.allim.mercure;

import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import dev.allim.text.InvalidFieldException;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where a subscriber says that it stands.
 *
 * @param isAsked whether it says so at all: then it is told where it begins
 * @param start where that is
 */
record Cursor(boolean isAsked, StartAt start) {
  /** There is none before the first: what a subscriber asks for who wants all. */
  static final String EARLIEST = "earliest";

  private static final String HEADER = "Last-Event-ID";

  /** Of draft 08, of draft 07, and of what was before. */
  static final List<String> PARAMETERS = List.of("last_event_id", "lastEventID", HEADER);

  /** The header, which a browser sends by itself, counts before the query. */
  static Cursor of(HttpServerRequest request, Form query) {
    Optional<String> place =
        Optional.ofNullable(request.getHeader(HEADER))
            .map(Cursor::utf8)
            .or(() -> PARAMETERS.stream().flatMap(name -> query.all(name).stream()).findFirst());
    return new Cursor(place.isPresent(), place.map(Cursor::start).orElseGet(StartAt.Now::new));
  }

  /** Browsers send the id as UTF-8, HTTP libraries read bytes as Latin-1. */
  private static String utf8(String latin1) {
    return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static StartAt start(String text) {
    if (text.isEmpty()) {
      return new StartAt.Now();
    }
    if (text.equals(EARLIEST)) {
      return new StartAt.Earliest();
    }
    try {
      return new StartAt.After(new EventId(text));
    } catch (InvalidFieldException nobodysId) {
      return new StartAt.AfterUnknown();
    }
  }

  /**
   * What a header says of a place: the id of what was before it, as it came, if nothing is missing.
   */
  static String told(StartAt.Located located) {
    return located.gap().isPresent()
        ? EARLIEST
        : located.lastId().map(id -> inHeader(id.value())).orElse(EARLIEST);
  }

  /** An id as HTTP libraries write it so that it goes out as UTF-8. */
  static String inHeader(String id) {
    return new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
