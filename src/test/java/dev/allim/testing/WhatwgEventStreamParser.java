package dev.allim.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads an event stream exactly as the WHATWG HTML standard says (9.2.6), written from its text and
 * from nothing of ours. Takes the bytes in whatever pieces they come.
 */
public final class WhatwgEventStreamParser {
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<ReceivedEvent> events = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();
  private boolean firstLine = true;
  private boolean afterCr;

  private final StringBuilder data = new StringBuilder();
  private String eventType = "";
  private String idBuffer = "";
  private String lastEventId = "";
  private OptionalLong retry = OptionalLong.empty();
  private final EventStreamListener listener;

  /** A parser that is asked for what it has read. */
  public WhatwgEventStreamParser() {
    this(EventStreamListener.NONE);
  }

  /** A parser that tells {@code listener}, too, at once and on the thread that feeds it. */
  public WhatwgEventStreamParser(EventStreamListener listener) {
    this.listener = listener;
  }

  /** Reads all of {@code bytes}; the events dispatched by them, in order. */
  public List<ReceivedEvent> feed(byte[] bytes) {
    return feed(bytes, 0, bytes.length);
  }

  /** Reads {@code length} bytes; the events dispatched by them, in order. */
  public List<ReceivedEvent> feed(byte[] bytes, int offset, int length) {
    int before = events.size();
    for (int i = offset; i < offset + length; i++) {
      read(bytes[i]);
    }
    return List.copyOf(events.subList(before, events.size()));
  }

  /** All events dispatched so far. */
  public List<ReceivedEvent> events() {
    return List.copyOf(events);
  }

  /** All comments so far, without their colon. */
  public List<String> comments() {
    return List.copyOf(comments);
  }

  /** What a browser would send back as {@code Last-Event-ID} now; empty for nothing. */
  public String lastEventId() {
    return lastEventId;
  }

  /** The reconnection time last set by the stream, in milliseconds. */
  public OptionalLong retry() {
    return retry;
  }

  private void read(byte next) {
    boolean endsCrlf = afterCr && next == '\n';
    afterCr = next == '\r';
    if (endsCrlf) {
      return;
    }
    if (next == '\r' || next == '\n') {
      endLine();
    } else {
      line.write(next);
    }
  }

  /** A line end is one byte in UTF-8 and never part of another character, so lines decode alone. */
  private void endLine() {
    byte[] bytes = line.toByteArray();
    line.reset();
    int from = firstLine && startsWithBom(bytes) ? BOM.length : 0;
    firstLine = false;
    interpret(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
  }

  private static boolean startsWithBom(byte[] bytes) {
    return bytes.length >= BOM.length
        && bytes[0] == BOM[0]
        && bytes[1] == BOM[1]
        && bytes[2] == BOM[2];
  }

  private void interpret(String text) {
    int colon = text.indexOf(':');
    if (text.isEmpty()) {
      dispatch();
    } else if (colon == 0) {
      comments.add(text.substring(1));
      listener.comment(text.substring(1));
    } else if (colon > 0) {
      String value = text.substring(colon + 1);
      field(text.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
    } else {
      field(text, "");
    }
  }

  private void field(String name, String value) {
    switch (name) {
      case "event" -> eventType = value;
      case "data" -> data.append(value).append('\n');
      case "id" -> idBuffer = value.indexOf('\0') < 0 ? value : idBuffer;
      case "retry" -> reconnectionTime(value);
      default -> {
        // other fields are ignored
      }
    }
  }

  private void reconnectionTime(String value) {
    if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      long millis = Long.parseLong(value);
      retry = OptionalLong.of(millis);
      listener.retry(millis);
    }
  }

  private void dispatch() {
    lastEventId = idBuffer;
    if (!data.isEmpty()) {
      data.setLength(data.length() - 1);
      String type = eventType.isEmpty() ? "message" : eventType;
      ReceivedEvent event = new ReceivedEvent(type, data.toString(), lastEventId);
      events.add(event);
      listener.event(event);
    }
    data.setLength(0);
    eventType = "";
  }
}
