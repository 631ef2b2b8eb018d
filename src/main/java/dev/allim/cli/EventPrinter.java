package dev.allim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.cli.client.ReceivedEvent;
import java.io.PrintWriter;
import java.util.regex.Pattern;

/** Writes events, which come in the hub's own envelope, for people or for programs. */
final class EventPrinter {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What could move the cursor of a terminal, or do worse. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  private final PrintWriter out;
  private final Form form;

  /** How. */
  enum Form {
    /** Topic and data; harmless to a terminal. */
    READABLE,
    /** The data alone, as it is. */
    RAW,
    /** The envelope, a line each. */
    JSON;

    static Form of(boolean json, boolean raw) {
      return json ? JSON : raw ? RAW : READABLE;
    }
  }

  EventPrinter(PrintWriter out, Form form) {
    this.out = out;
    this.form = form;
  }

  /** False if it is not a notification, but the hub's own word to its reader. */
  boolean print(ReceivedEvent event) {
    JsonNode envelope = envelope(event.data());
    if (!envelope.path("topic").isTextual()) {
      return false;
    }
    out.println(
        switch (form) {
          case READABLE -> readable(envelope);
          case RAW -> envelope.path("data").asText();
          case JSON -> event.data();
        });
    return true;
  }

  private static JsonNode envelope(String data) {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException other) {
      return JSON.missingNode();
    }
  }

  private static String readable(JsonNode envelope) {
    String event = envelope.path("event").asText();
    String line =
        "%s%s\t%s"
            .formatted(
                envelope.path("topic").asText(),
                event.isEmpty() ? "" : " [" + event + "]",
                envelope.path("data").asText());
    return CONTROL.matcher(line).replaceAll("\uFFFD");
  }
}
