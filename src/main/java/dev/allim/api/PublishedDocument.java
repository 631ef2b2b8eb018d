package dev.allim.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.notification.Accepted;
import dev.allim.topic.Topic;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a publish. Written by hand: what could write any object takes a quarter of a second
 * to get ready, and the first publish of a process would wait for it.
 *
 * @param id by which readers know the notification
 * @param topics what it was published under, the canonical one first
 * @param deliverAt when it is delivered, if that is later; the same publish again under its
 *     idempotency key is answered alike, whatever the time is then
 */
public record PublishedDocument(String id, List<String> topics, Optional<String> deliverAt) {
  private static final JsonFactory JSON = new JsonFactory();

  static PublishedDocument of(Accepted accepted, Entry entry) {
    return new PublishedDocument(
        accepted.id().value(),
        entry.notification().topics().stream().map(Topic::name).toList(),
        accepted.deliverAt().map(Instant::toString));
  }

  /** One JSON document for each entry of a publication, in order. */
  static List<String> documents(List<Accepted> accepted, Publication publication) {
    List<String> documents = new ArrayList<>(accepted.size());
    for (int i = 0; i < accepted.size(); i++) {
      documents.add(of(accepted.get(i), publication.entries().get(i)).json());
    }
    return documents;
  }

  private String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeArrayFieldStart("topics");
    for (String topic : topics) {
      json.writeString(topic);
    }
    json.writeEndArray();
    if (deliverAt.isPresent()) {
      json.writeStringField("deliverAt", deliverAt.get());
    }
    json.writeEndObject();
  }
}
