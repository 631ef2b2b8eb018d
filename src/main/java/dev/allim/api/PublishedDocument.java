package dev.allim.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.notification.EventId;
import dev.allim.topic.Topic;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a publish.
 *
 * @param id by which readers know the notification
 * @param topics what it was published under, the canonical one first
 * @param deliverAt when it is delivered, if that is later; absent under an idempotency key, as the
 *     same publish again is answered alike, whatever the time is then
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PublishedDocument(String id, List<String> topics, Optional<String> deliverAt) {
  private static final ObjectWriter JSON =
      JsonMapper.builder().addModule(new Jdk8Module()).build().writerFor(PublishedDocument.class);

  static PublishedDocument of(EventId id, Entry entry, boolean idempotent) {
    return new PublishedDocument(
        id.value(),
        entry.notification().topics().stream().map(Topic::name).toList(),
        entry
            .deliverAt()
            .filter(at -> !idempotent && entry.idempotency().isEmpty())
            .map(Instant::toString));
  }

  /** One JSON document for each entry of a publication, in order. */
  static List<String> documents(List<EventId> ids, Publication publication) {
    boolean idempotent = publication.idempotency().isPresent();
    List<String> documents = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      documents.add(of(ids.get(i), publication.entries().get(i), idempotent).json());
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
