package dev.allim.notification;

import dev.allim.text.InvalidFieldException;
import dev.allim.topic.Addressed;
import dev.allim.topic.Topic;
import java.time.Instant;
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
 * @param key what this replaces: of all under one canonical topic with one key, the newest is the
 *     current state
 * @param expires from when on it is of no use to anybody, and is neither delivered nor replayed
 * @param trace from where in a trace it was published
 * @param isPrivate whether only those may see it who hold a grant for one of its topics
 * @param context what else it said of itself, if it came as a CloudEvent
 */
public record Notification(
    EventId id,
    List<Topic> topics,
    Optional<EventName> event,
    String data,
    OptionalLong retry,
    Optional<Key> key,
    Optional<Instant> expires,
    Optional<TraceParent> trace,
    boolean isPrivate,
    Optional<EventContext> context)
    implements Addressed {

  /**
   * Copies the topics and checks that there is one, that none is twice, and that {@code retry} is
   * not negative.
   */
  public Notification {
    topics = List.copyOf(topics);
    if (topics.isEmpty()) {
      throw new InvalidFieldException("topics", "at least one topic is needed");
    }
    if (topics.size() > 1 && topics.stream().distinct().count() < topics.size()) {
      throw new InvalidFieldException("topics", "topics must not name one topic twice");
    }
    if (retry.isPresent() && retry.getAsLong() < 0) {
      throw new InvalidFieldException("retry", "retry must be 0 or more milliseconds");
    }
  }

  /** One that is no CloudEvent. */
  public Notification(
      EventId id,
      List<Topic> topics,
      Optional<EventName> event,
      String data,
      OptionalLong retry,
      Optional<Key> key,
      Optional<Instant> expires,
      Optional<TraceParent> trace,
      boolean isPrivate) {
    this(id, topics, event, data, retry, key, expires, trace, isPrivate, Optional.empty());
  }

  /** One that everybody may see. */
  public Notification(
      EventId id,
      List<Topic> topics,
      Optional<EventName> event,
      String data,
      OptionalLong retry,
      Optional<Key> key,
      Optional<Instant> expires,
      Optional<TraceParent> trace) {
    this(id, topics, event, data, retry, key, expires, trace, false);
  }

  /** The same without a trace. */
  public Notification(
      EventId id,
      List<Topic> topics,
      Optional<EventName> event,
      String data,
      OptionalLong retry,
      Optional<Key> key,
      Optional<Instant> expires) {
    this(id, topics, event, data, retry, key, expires, Optional.empty());
  }

  /** An unnamed notification under one topic. */
  public static Notification of(EventId id, Topic topic, String data) {
    return new Notification(
        id,
        List.of(topic),
        Optional.empty(),
        data,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with an event name. */
  public Notification named(EventName name) {
    return new Notification(
        id, topics, Optional.of(name), data, retry, key, expires, trace, isPrivate, context);
  }

  /** The same, replacing what was published before with this key. */
  public Notification keyed(Key newKey) {
    return new Notification(
        id, topics, event, data, retry, Optional.of(newKey), expires, trace, isPrivate, context);
  }

  /** The same, of no use from {@code instant} on. */
  public Notification expiring(Instant instant) {
    return new Notification(
        id, topics, event, data, retry, key, Optional.of(instant), trace, isPrivate, context);
  }

  /** The same, published from there. */
  public Notification tracedBy(TraceParent parent) {
    return new Notification(
        id, topics, event, data, retry, key, expires, Optional.of(parent), isPrivate, context);
  }

  /** The same, for those only who hold a grant. */
  public Notification keptPrivate() {
    return new Notification(id, topics, event, data, retry, key, expires, trace, true, context);
  }

  /** The same, which said this of itself. */
  public Notification inContext(EventContext said) {
    return new Notification(
        id, topics, event, data, retry, key, expires, trace, isPrivate, Optional.of(said));
  }

  /** The topic it is kept under. */
  public Topic canonicalTopic() {
    return topics.get(0);
  }

  /** How long what its publisher made as long as it pleased is: the payload, and the context. */
  public int characters() {
    return data.length() + (context.isPresent() ? context.get().json().length() : 0);
  }

  /** Whether it is of no use any more. */
  public boolean expiredAt(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }
}
