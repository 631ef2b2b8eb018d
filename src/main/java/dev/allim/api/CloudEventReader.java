package dev.allim.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.allim.http.NotificationFactory;
import dev.allim.http.PublishOptions;
import dev.allim.http.problem.ProblemException;
import dev.allim.http.route.RequestTarget;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.notification.TraceParent;
import dev.allim.text.InvalidFieldException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes notifications of CloudEvents: the counterpart of {@code envelope=cloudevents}. What is
 * wrong is said with the attribute.
 *
 * <p>The topic is that which the address names by {@code ?topic=}, or else the subject, or else the
 * source. {@code id} is the id, {@code type} the name of the event, {@code partitionkey} the key,
 * {@code expirytime} the end of its use, {@code traceparent} where in a trace it was published. All
 * other attributes, {@code time} among them, are kept for those who ask for CloudEvents, and mean
 * nothing to the hub: it delivers in the order in which it published.
 */
@ApplicationScoped
class CloudEventReader {
  private static final String TOPIC = "topic";

  /** What the address may say. */
  static final List<String> PARAMETERS = List.of(TOPIC);

  private static final String SUBJECT = "subject";
  private static final String SOURCE = "source";
  private static final String KEY = "partitionkey";
  private static final String EXPIRY = "expirytime";

  /** What a browser calls an event without a name, and what the hub's own envelope calls it. */
  private static final String UNNAMED = "message";

  private static final Map<String, String> ATTRIBUTE_OF_FIELD =
      Map.of("event", "type", "key", KEY, "ttl", EXPIRY);

  private final NotificationReader reader;
  private final NotificationFactory factory;
  private final Clock clock;

  private final Privacy privacy;

  CloudEventReader(
      NotificationReader reader, NotificationFactory factory, Clock clock, Privacy privacy) {
    this.privacy = privacy;
    this.reader = reader;
    this.factory = factory;
    this.clock = clock;
  }

  /** The whole event is the body, in JSON. */
  Entry structured(RequestTarget target, byte[] body) {
    return entry(target, CloudEvent.of(reader.parse(body)));
  }

  /** The body is an array of them. */
  List<Entry> batched(RequestTarget target, byte[] body) {
    JsonNode array = reader.parse(body);
    if (!array.isArray()) {
      throw new InvalidFieldException("body", "a batch of CloudEvents is a JSON array");
    }
    return reader.batch(array, node -> entry(target, CloudEvent.of(node)));
  }

  /** One that was read. */
  Entry entry(RequestTarget target, CloudEvent event) {
    event.attribute("time").ifPresent(text -> TimeFormats.instant("time", text));
    String topicIn = event.attribute(SUBJECT).isPresent() ? SUBJECT : SOURCE;
    try {
      Entry entry = create(target.one(TOPIC).or(() -> event.attribute(topicIn)), event);
      return event
          .attribute("traceparent")
          .flatMap(TraceParent::parse)
          .map(entry::tracedBy)
          .orElse(entry)
          .inContext(event.context());
    } catch (InvalidFieldException fault) {
      throw new InvalidFieldException(
          attribute(fault.field(), target, topicIn), fault.getMessage());
    } catch (ProblemException fault) {
      throw new ProblemException(
          fault
              .problem()
              .withField(attribute(fault.problem().field().orElse("body"), target, topicIn)));
    }
  }

  /** What the sender calls it. */
  private static String attribute(String field, RequestTarget target, String topicIn) {
    return field.startsWith(TOPIC) && target.one(TOPIC).isEmpty()
        ? topicIn
        : ATTRIBUTE_OF_FIELD.getOrDefault(field, field);
  }

  private Entry create(Optional<String> topic, CloudEvent event) {
    Entry entry =
        factory.create(
            List.of(factory.topic(topic.orElseThrow())), event.data(), options(event), () -> "");
    return event
        .attribute(EXPIRY)
        .map(text -> entry.expiring(TimeFormats.instant(EXPIRY, text)))
        .orElse(entry);
  }

  private PublishOptions options(CloudEvent event) {
    return new PublishOptions(
        event.attribute("id"),
        event.attribute("type").filter(type -> !type.equals(UNNAMED)),
        OptionalLong.empty(),
        event.attribute(KEY),
        event.attribute(EXPIRY).map(this::ttl),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        privacy.of(event.attribute(Privacy.FIELD)));
  }

  private Duration ttl(String text) {
    Duration left = Duration.between(clock.instant(), TimeFormats.instant(EXPIRY, text));
    if (left.isNegative() || left.isZero()) {
      throw new InvalidFieldException(EXPIRY, "expirytime must be in the future");
    }
    return left;
  }
}
