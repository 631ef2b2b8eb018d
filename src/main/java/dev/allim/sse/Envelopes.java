package dev.allim.sse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Envelope;
import dev.allim.notification.EventContext;
import dev.allim.notification.EventName;
import dev.allim.topic.Topic;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes envelopes as JSON: the hub's own, or CloudEvents 1.0 in their JSON format. Pure, safe for
 * any thread.
 */
public final class Envelopes {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** What a browser calls an event without a name. */
  private static final String UNNAMED = "message";

  private static final String SOURCE = "/events";
  private static final String SUBJECT = "subject";
  private static final String CONTENT_TYPE = "datacontenttype";

  /** Where the address of a publish named another than the event did: an extension of ours. */
  private static final String TOPIC = "topic";

  private Envelopes() {}

  /** One JSON object on one line; of the plain dialect the data itself. */
  public static String json(Dialect dialect, Envelope envelope) {
    return switch (dialect) {
      case PLAIN, BARE -> envelope.data();
      case JSON -> write(out -> own(envelope, out));
      case CLOUDEVENTS -> write(out -> cloudEvent(envelope, out));
    };
  }

  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  private static String write(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void own(Envelope envelope, JsonGenerator out) throws IOException {
    out.writeStringField("id", envelope.id().value());
    out.writeStringField("topic", envelope.topics().get(0).name());
    out.writeArrayFieldStart("topics");
    for (Topic topic : envelope.topics()) {
      out.writeString(topic.name());
    }
    out.writeEndArray();
    if (envelope.event().isPresent()) {
      out.writeStringField("event", envelope.event().get().value());
    }
    out.writeStringField("published", envelope.published().toString());
    if (envelope.expires().isPresent()) {
      out.writeStringField("expires", envelope.expires().get().toString());
    }
    if (envelope.key().isPresent()) {
      out.writeStringField("key", envelope.key().get().value());
    }
    out.writeStringField("data", envelope.data());
  }

  /**
   * One that came as a CloudEvent says what it said. The extensions are those that the project of
   * CloudEvents documents: what others know.
   */
  private static void cloudEvent(Envelope envelope, JsonGenerator out) throws IOException {
    out.writeStringField("specversion", "1.0");
    out.writeStringField("id", envelope.id().value());
    Map<String, String> said =
        envelope.context().isPresent() ? copy(envelope.context().get(), out) : Map.of();
    if (said.isEmpty()) {
      out.writeStringField("source", SOURCE);
    }
    out.writeStringField("type", envelope.event().map(EventName::value).orElse(UNNAMED));
    whereAndWhen(envelope, said, out);
    if (envelope.expires().isPresent()) {
      out.writeStringField("expirytime", envelope.expires().get().toString());
    }
    if (envelope.key().isPresent()) {
      out.writeStringField("partitionkey", envelope.key().get().value());
    }
    data(envelope.data(), Optional.ofNullable(said.get(CONTENT_TYPE)), out);
  }

  /** What it did not say itself: the subject is what it was published under, the time when. */
  private static void whereAndWhen(Envelope envelope, Map<String, String> said, JsonGenerator out)
      throws IOException {
    String topic = envelope.topics().get(0).name();
    if (!said.containsKey(SUBJECT) && !topic.equals(said.get("source"))) {
      out.writeStringField(SUBJECT, topic);
    }
    if (said.containsKey(SUBJECT) && !topic.equals(said.get(SUBJECT)) && !said.containsKey(TOPIC)) {
      out.writeStringField(TOPIC, topic);
    }
    if (!said.containsKey("time")) {
      out.writeStringField("time", envelope.published().toString());
    }
  }

  /** Writes the attributes as they came; yields them as text. */
  private static Map<String, String> copy(EventContext context, JsonGenerator out)
      throws IOException {
    Map<String, String> said = new HashMap<>();
    try (JsonParser in = JSON.createParser(context.json())) {
      in.nextToken();
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        in.nextToken();
        said.put(name, in.getText());
        out.writeFieldName(name);
        out.copyCurrentEvent(in);
      }
    }
    return said;
  }

  /** Of a type that it came with, or that it looks like. */
  private static void data(String data, Optional<String> type, JsonGenerator out)
      throws IOException {
    boolean json =
        type.map(Envelopes::isJsonType).orElseGet(() -> isStructure(data)) && isJson(data);
    if (type.isEmpty()) {
      out.writeStringField(CONTENT_TYPE, json ? "application/json" : "text/plain");
    }
    out.writeFieldName("data");
    if (json) {
      out.writeRawValue(data.replace('\n', ' ').replace('\r', ' '));
    } else {
      out.writeString(data);
    }
  }

  private static boolean isJsonType(String mediaType) {
    String essence = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return essence.equals("application/json") || essence.endsWith("+json");
  }

  /** An object or an array; a bare word or number is more likely meant as text. */
  private static boolean isStructure(String data) {
    return data.startsWith("{") || data.startsWith("[");
  }

  private static boolean isJson(String data) {
    try (JsonParser in = JSON.createParser(data)) {
      in.nextToken();
      in.skipChildren();
      return in.nextToken() == null;
    } catch (IOException notJson) {
      return false;
    }
  }
}
