package dev.allim.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Envelope;
import dev.allim.hub.spi.PastNotification;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.notification.TraceParent;
import dev.allim.sse.Envelopes;
import dev.allim.topic.Topic;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of history.
 *
 * @param items oldest first, or newest first if that was asked for
 * @param next what to ask for next as {@code since}, or as {@code before} where the newest come
 *     first; absent while there is nothing to go on to
 * @param complete whether there was no more when it was read
 * @param gap present if what was asked for is not kept from there on
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record HistoryPage(
    List<Entry> items, Optional<String> next, boolean complete, Optional<MissedSince> gap) {
  /** One notification, as the reader wants it to be told. */
  public sealed interface Entry {
    /** In this dialect. */
    static Entry of(PastNotification stored, Dialect dialect) {
      return dialect.isEnveloped()
          ? new Enveloped(Envelopes.json(dialect, Envelope.of(stored)))
          : Item.of(stored);
    }
  }

  /**
   * As on a stream with an envelope.
   *
   * @param json an object
   */
  @RegisterForReflection
  public record Enveloped(@JsonValue @JsonRawValue String json) implements Entry {}

  /**
   * One notification.
   *
   * @param id its id
   * @param topics what it was published under
   * @param event the name of the SSE event
   * @param data the payload
   * @param key what it replaces
   * @param published when
   * @param expires from when on it is of no use
   * @param traceparent from where in a trace it was published (W3C Trace Context)
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Item(
      String id,
      List<String> topics,
      Optional<String> event,
      String data,
      Optional<String> key,
      String published,
      Optional<String> expires,
      Optional<String> traceparent)
      implements Entry {
    static Item of(PastNotification stored) {
      Notification notification = stored.notification();
      return new Item(
          notification.id().value(),
          notification.topics().stream().map(Topic::name).toList(),
          notification.event().map(EventName::value),
          notification.data(),
          notification.key().map(Key::value),
          stored.published().toString(),
          notification.expires().map(Instant::toString),
          notification.trace().map(TraceParent::value));
    }
  }

  /**
   * Says that something is missing.
   *
   * @param asked the id that was asked for; absent if that could not be one
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record MissedSince(Optional<String> asked) {}
}
