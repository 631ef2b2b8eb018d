package dev.allim.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.allim.hub.Publication.Entry;
import dev.allim.notification.EventId;
import dev.allim.notification.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a publish.
 *
 * @param id by which readers know the notification
 * @param topics what it was published under, the canonical one first
 */
public record Accepted(String id, List<String> topics) {
  private static final ObjectWriter JSON = new ObjectMapper().writerFor(Accepted.class);

  static Accepted of(EventId id, Entry entry) {
    return new Accepted(
        id.value(), entry.notification().topics().stream().map(Topic::name).toList());
  }

  /** One JSON document for each entry, in order. */
  static List<String> documents(List<EventId> ids, List<Entry> entries) {
    List<String> documents = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      documents.add(of(ids.get(i), entries.get(i)).json());
    }
    return documents;
  }

  private String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
