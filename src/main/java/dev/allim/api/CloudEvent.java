package dev.allim.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.allim.http.StrictJson;
import dev.allim.http.problem.ProblemException;
import dev.allim.http.problem.ProblemType;
import dev.allim.http.route.UrlDecoding;
import dev.allim.notification.EventContext;
import dev.allim.text.InvalidFieldException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A CloudEvent 1.0 as it was sent, in any of the three modes of its HTTP binding.
 *
 * @param attributes those of the specification and extensions, by name; the required ones are there
 * @param context those of them for which a notification has no field, as they came
 * @param data as text; empty if there is none
 */
record CloudEvent(Map<String, String> attributes, EventContext context, String data) {
  /** Before the name of an attribute, where it is a header. */
  private static final String HEADER = "ce-";

  private static final String SPEC_VERSION = "specversion";
  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";
  private static final String CONTENT_TYPE = "datacontenttype";

  /** What a notification says in fields of its own. */
  private static final Set<String> FIELDS =
      Set.of(SPEC_VERSION, "id", "type", "partitionkey", "expirytime", DATA, DATA_BASE64);

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  /** Characters: 64 KB is what all who hand on CloudEvents have to take (section Size Limits). */
  private static final int LONGEST = 65_536;

  private static final List<String> REQUIRED = List.of(SPEC_VERSION, "id", "source", "type");

  /** Copies the attributes and checks that there are all that must be. */
  CloudEvent {
    attributes = Map.copyOf(attributes);
    attributes.keySet().forEach(CloudEvent::requireName);
    for (String name : REQUIRED) {
      if (attributes.getOrDefault(name, "").isEmpty()) {
        throw new InvalidFieldException(name, "a CloudEvent needs %s".formatted(name));
      }
    }
    if (!"1.0".equals(attributes.get(SPEC_VERSION))) {
      throw new InvalidFieldException(SPEC_VERSION, "specversion must be '1.0'");
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidFieldException(
          name, "the name of an attribute has lower-case letters and digits only");
    }
  }

  /** Whether the headers of a request are those of one whose data is the body. */
  static boolean isIn(MultiMap headers) {
    return headers.contains(HEADER + SPEC_VERSION);
  }

  /** Of a request whose headers hold the attributes. */
  static CloudEvent of(MultiMap headers, byte[] body) {
    Map<String, String> attributes = new TreeMap<>();
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(HEADER)) {
        add(attributes, name.substring(HEADER.length()), header.getValue());
      }
    }
    Optional.ofNullable(headers.get(HttpHeaders.CONTENT_TYPE))
        .ifPresent(type -> attributes.put(CONTENT_TYPE, type));
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    attributes.forEach(
        (name, value) -> {
          if (!FIELDS.contains(name)) {
            context.put(name, value);
          }
        });
    return new CloudEvent(
        attributes, context(context), UrlDecoding.utf8(DATA, ByteBuffer.wrap(body)));
  }

  /**
   * No longer than what all who hand on CloudEvents have to take.
   *
   * @throws ProblemException if it is
   */
  private static EventContext context(ObjectNode attributes) {
    String json = StrictJson.requireWellFormed("body", attributes.toString());
    if (json.length() > LONGEST) {
      throw new ProblemException(
          ProblemType.INVALID_FIELD
              .inField(
                  "body",
                  "the attributes of a CloudEvent may be at most %d characters long together"
                      .formatted(LONGEST))
              .withLimit(LONGEST, "characters"));
    }
    return new EventContext(json);
  }

  private static void add(Map<String, String> attributes, String name, String raw) {
    if (attributes.put(name, UrlDecoding.decodePath(name, raw)) != null) {
      throw new InvalidFieldException(name, "%s may be given once".formatted(name));
    }
  }

  /** In JSON. */
  static CloudEvent of(JsonNode node) {
    if (!node.isObject()) {
      throw new InvalidFieldException("body", "a CloudEvent is a JSON object");
    }
    Map<String, String> attributes = new TreeMap<>();
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      if (!name.equals(DATA_BASE64) && !name.equals(DATA) && !field.getValue().isNull()) {
        attributes.put(name, attribute(name, field.getValue()));
        if (!FIELDS.contains(name)) {
          context.set(name, field.getValue());
        }
      }
    }
    return new CloudEvent(attributes, context(context), data(node));
  }

  private static String attribute(String name, JsonNode value) {
    if (!value.isTextual() && !value.isBoolean() && !value.isIntegralNumber()) {
      throw new InvalidFieldException(
          name, "%s must be a string, a whole number or a boolean".formatted(name));
    }
    return value.asText();
  }

  private static String data(JsonNode node) {
    Optional<JsonNode> json = present(node, DATA);
    Optional<JsonNode> bytes = present(node, DATA_BASE64);
    if (json.isPresent() && bytes.isPresent()) {
      throw new InvalidFieldException(DATA_BASE64, "give either data or data_base64");
    }
    return json.map(CloudEvent::text).or(() -> bytes.map(CloudEvent::decoded)).orElse("");
  }

  private static Optional<JsonNode> present(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field)).filter(value -> !value.isNull());
  }

  private static String text(JsonNode value) {
    return StrictJson.requireWellFormed(
        DATA, value.isTextual() ? value.textValue() : value.toString());
  }

  private static String decoded(JsonNode value) {
    try {
      byte[] bytes = Base64.getDecoder().decode(value.isTextual() ? value.textValue() : "?");
      return UrlDecoding.utf8(DATA_BASE64, ByteBuffer.wrap(bytes));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidFieldException(DATA_BASE64, "data_base64 must be text in Base64");
    }
  }

  Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }
}
