package dev.allim.notification;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that was published: immutable and checked, from the moment the API accepts it to the
 * last browser.
 *
 * @param id unique in the hub
 * @param topics one or more; the first is the canonical one, the others are alternates
 * @param event the name of the SSE event, absent for an unnamed one
 * @param data the payload, delivered as it is; may be empty and may have several lines
 * @param retry how long a browser waits before it reconnects, in milliseconds, if the publisher
 *     says so
 */
public record Notification(
    EventId id, List<Topic> topics, Optional<EventName> event, String data, OptionalLong retry) {

  /**
   * Copies the topics and checks that there is one, that none is twice, and that {@code retry} is
   * not negative.
   */
  public Notification {
    topics = List.copyOf(topics);
    if (topics.isEmpty()) {
      throw new InvalidFieldException("topics", "at least one topic is needed");
    }
    if (topics.stream().distinct().count() < topics.size()) {
      throw new InvalidFieldException("topics", "topics must not name one topic twice");
    }
    if (retry.isPresent() && retry.getAsLong() < 0) {
      throw new InvalidFieldException("retry", "retry must be 0 or more milliseconds");
    }
  }

  /** An unnamed notification under one topic. */
  public static Notification of(EventId id, Topic topic, String data) {
    return new Notification(id, List.of(topic), Optional.empty(), data, OptionalLong.empty());
  }

  /** The same with an event name. */
  public Notification named(EventName name) {
    return new Notification(id, topics, Optional.of(name), data, retry);
  }
}
