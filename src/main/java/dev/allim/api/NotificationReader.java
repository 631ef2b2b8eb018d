package dev.allim.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.allim.http.Fingerprint;
import dev.allim.http.NotificationFactory;
import dev.allim.http.PublishLimits;
import dev.allim.http.PublishOptions;
import dev.allim.http.StrictJson;
import dev.allim.http.problem.ProblemException;
import dev.allim.http.problem.ProblemType;
import dev.allim.http.route.RequestTarget;
import dev.allim.http.route.UrlDecoding;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The door: request bodies become notifications here and nowhere else. All of a batch is checked
 * before any of it is published; what is wrong is said with the field and, in a batch, the item's
 * index.
 */
@ApplicationScoped
class NotificationReader {
  private static final List<String> FIELDS =
      List.of(
          "topic",
          "topics",
          "event",
          "data",
          "id",
          "retry",
          "key",
          "ttl",
          "delay",
          "deliverAt",
          "idempotencyKey",
          "private");

  private static final List<String> PARAMETERS =
      List.of("event", "id", "retry", "key", "ttl", "delay", "deliverAt", "private");

  private final NotificationFactory factory;
  private final PublishLimits limits;
  private final Privacy privacy;

  NotificationReader(NotificationFactory factory, PublishLimits limits, Privacy privacy) {
    this.factory = factory;
    this.limits = limits;
    this.privacy = privacy;
  }

  /** {@code POST /events/{topic}}: the body is the data, as it is. */
  Entry fromTopicRequest(RequestTarget target, byte[] body) {
    target.allow(PARAMETERS);
    return factory.create(
        List.of(factory.topic(target.topic())),
        UrlDecoding.utf8("body", ByteBuffer.wrap(body)),
        options(target),
        () -> "");
  }

  private PublishOptions options(RequestTarget target) {
    return new PublishOptions(
        target.one("id"),
        target.one("event"),
        target
            .one("retry")
            .map(text -> OptionalLong.of(millis("retry", text)))
            .orElse(OptionalLong.empty()),
        target.one("key"),
        target.one("ttl").map(text -> TimeFormats.duration("ttl", text)),
        target.one("delay").map(text -> TimeFormats.duration("delay", text)),
        target.one("deliverAt").map(text -> TimeFormats.instant("deliverAt", text)),
        Optional.empty(),
        privacy.of(target.one(Privacy.FIELD)));
  }

  private static long millis(String field, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException malformed) {
      throw new InvalidFieldException(
          field, "%s must be a whole number of milliseconds".formatted(field));
    }
  }

  /** {@code POST /events} with {@code application/json}: one object. */
  Entry fromObject(JsonNode node) {
    if (!node.isObject()) {
      throw malformed("a notification is a JSON object, not %s".formatted(kind(node)));
    }
    refuseUnknownFields(node);
    return factory.create(
        topics(node), data(node), options(node), () -> Fingerprint.of(node.toString()));
  }

  private PublishOptions options(JsonNode node) {
    return new PublishOptions(
        text(node, "id"),
        text(node, "event"),
        retry(node),
        text(node, "key"),
        duration(node, "ttl"),
        duration(node, "delay"),
        text(node, "deliverAt").map(text -> TimeFormats.instant("deliverAt", text)),
        text(node, "idempotencyKey"),
        privacy.of(node));
  }

  /** A string with a unit, or a number of milliseconds. */
  private static Optional<Duration> duration(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
      return Optional.of(TimeFormats.duration(field, value.longValue() + "ms"));
    }
    return text(node, field).map(text -> TimeFormats.duration(field, text));
  }

  /** {@code POST /events} with {@code application/json}: an array. */
  List<Entry> fromArray(JsonNode array) {
    return batch(array, this::fromObject);
  }

  /** All items of an array, read alike. */
  List<Entry> batch(JsonNode array, Function<JsonNode, Entry> item) {
    if (array.isEmpty()) {
      throw malformed("a batch needs at least one notification");
    }
    requireBatchSize(array.size());
    List<Entry> batch = new ArrayList<>(array.size());
    for (JsonNode node : array) {
      batch.add(at(batch.size(), () -> item.apply(node)));
    }
    return batch;
  }

  /**
   * {@code POST /events} with {@code application/x-ndjson}: an object a line; empty lines do not
   * count.
   */
  List<Entry> fromLines(byte[] body) {
    List<String> lines =
        UrlDecoding.utf8("body", ByteBuffer.wrap(body))
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    if (lines.isEmpty()) {
      throw malformed("a batch needs at least one notification");
    }
    requireBatchSize(lines.size());
    List<Entry> batch = new ArrayList<>(lines.size());
    for (String line : lines) {
      batch.add(at(batch.size(), () -> fromObject(parse(line))));
    }
    return batch;
  }

  /** A JSON document, complete and without duplicate fields. */
  JsonNode parse(byte[] body) {
    return parse(UrlDecoding.utf8("body", ByteBuffer.wrap(body)));
  }

  private JsonNode parse(String text) {
    try {
      JsonNode node = StrictJson.reader().readTree(text);
      if (node.isMissingNode()) {
        throw malformed("the body is empty; a JSON notification or an array of them was expected");
      }
      return node;
    } catch (StreamConstraintsException tooMuch) {
      throw malformed("the JSON nests too deeply, or has too long a name or number");
    } catch (NumberFormatException tooFine) {
      throw malformed("the JSON has a number that is out of any range");
    } catch (JsonProcessingException broken) {
      throw malformed("malformed JSON%s: %s".formatted(place(broken), broken.getOriginalMessage()));
    }
  }

  private static String place(JsonProcessingException broken) {
    JsonLocation at = broken.getLocation();
    return at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private void requireBatchSize(int size) {
    if (size > limits.batch()) {
      throw new ProblemException(
          ProblemType.INVALID_FIELD
              .inField("body", "a batch may be at most %d notifications".formatted(limits.batch()))
              .withLimit(limits.batch(), "notifications"));
    }
  }

  private interface Item {
    Entry read();
  }

  private static Entry at(int index, Item item) {
    try {
      return item.read();
    } catch (InvalidFieldException fault) {
      throw new ProblemException(
          ProblemType.INVALID_FIELD.inField(fault.field(), fault.getMessage()).atIndex(index));
    } catch (ProblemException fault) {
      throw new ProblemException(fault.problem().atIndex(index));
    }
  }

  private static void refuseUnknownFields(JsonNode node) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw new InvalidFieldException(
            name, "there is no field '%s'; known are %s".formatted(name, FIELDS));
      }
    }
  }

  private List<Topic> topics(JsonNode node) {
    if (node.has("topic") == node.has("topics")) {
      throw new InvalidFieldException("topic", "give either topic or topics");
    }
    if (node.has("topic")) {
      return List.of(factory.topic(text(node, "topic").orElseThrow()));
    }
    JsonNode names = node.get("topics");
    if (!names.isArray()) {
      throw new InvalidFieldException("topics", "topics must be an array of strings");
    }
    List<Topic> topics = new ArrayList<>(names.size());
    for (JsonNode name : names) {
      topics.add(factory.topic(string("topics", name)));
    }
    return topics;
  }

  private static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null ? Optional.empty() : Optional.of(string(field, value));
  }

  private static String string(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw new InvalidFieldException(
          field, "%s must be a string, not %s".formatted(field, kind(value)));
    }
    return value.textValue();
  }

  private static OptionalLong retry(JsonNode node) {
    JsonNode value = node.get("retry");
    if (value == null) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new InvalidFieldException("retry", "retry must be a whole number of milliseconds");
    }
    return OptionalLong.of(value.longValue());
  }

  /** A string goes out as it is, anything else as compact JSON; nothing at all is empty data. */
  private static String data(JsonNode node) {
    JsonNode value = node.get("data");
    if (value == null) {
      return "";
    }
    return StrictJson.requireWellFormed(
        "data", value.isTextual() ? value.textValue() : value.toString());
  }

  private static String kind(JsonNode node) {
    return node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static InvalidFieldException malformed(String message) {
    return new InvalidFieldException("body", message);
  }
}
