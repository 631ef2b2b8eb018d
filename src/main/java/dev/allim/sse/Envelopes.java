package dev.allim.sse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Envelope;
import dev.allim.notification.EventName;
import dev.allim.topic.Topic;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

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

  /** The extensions are those that the project of CloudEvents documents: what others know. */
  private static void cloudEvent(Envelope envelope, JsonGenerator out) throws IOException {
    out.writeStringField("specversion", "1.0");
    out.writeStringField("id", envelope.id().value());
    out.writeStringField("source", SOURCE);
    out.writeStringField("type", envelope.event().map(EventName::value).orElse(UNNAMED));
    out.writeStringField("subject", envelope.topics().get(0).name());
    out.writeStringField("time", envelope.published().toString());
    if (envelope.expires().isPresent()) {
      out.writeStringField("expirytime", envelope.expires().get().toString());
    }
    if (envelope.key().isPresent()) {
      out.writeStringField("partitionkey", envelope.key().get().value());
    }
    boolean json = isJson(envelope.data());
    out.writeStringField("datacontenttype", json ? "application/json" : "text/plain");
    out.writeFieldName("data");
    if (json) {
      out.writeRawValue(envelope.data().replace('\n', ' ').replace('\r', ' '));
    } else {
      out.writeString(envelope.data());
    }
  }

  /** An object or an array; a bare word or number is more likely meant as text. */
  private static boolean isJson(String data) {
    if (!data.startsWith("{") && !data.startsWith("[")) {
      return false;
    }
    try (JsonParser in = JSON.createParser(data)) {
      in.nextToken();
      in.skipChildren();
      return in.nextToken() == null;
    } catch (IOException notJson) {
      return false;
    }
  }
}
