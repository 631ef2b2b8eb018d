package dev.allim.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.notification.Accepted;
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
 * @param deliverAt when it is delivered, if that is later; the same publish again under its
 *     idempotency key is answered alike, whatever the time is then
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PublishedDocument(String id, List<String> topics, Optional<String> deliverAt) {
  private static final ObjectWriter JSON =
      JsonMapper.builder().addModule(new Jdk8Module()).build().writerFor(PublishedDocument.class);

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
    try {
      return JSON.writeValueAsString(this);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
