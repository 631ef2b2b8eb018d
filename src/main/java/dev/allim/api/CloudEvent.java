package dev.allim.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.allim.http.StrictJson;
import dev.allim.http.UrlDecoding;
import dev.allim.text.InvalidFieldException;
import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A CloudEvent 1.0 as it was sent, in any of the three modes of its HTTP binding.
 *
 * @param attributes those of the specification and extensions, by name; the required ones are there
 * @param data as text; empty if there is none
 */
record CloudEvent(Map<String, String> attributes, String data) {
  /** Before the name of an attribute, where it is a header. */
  private static final String HEADER = "ce-";

  private static final String SPEC_VERSION = "specversion";
  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
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
    return new CloudEvent(attributes, UrlDecoding.utf8(DATA, ByteBuffer.wrap(body)));
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
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getKey().equals(DATA_BASE64) && !field.getKey().equals(DATA)) {
        attribute(field.getKey(), field.getValue())
            .ifPresent(value -> attributes.put(field.getKey(), value));
      }
    }
    return new CloudEvent(attributes, data(node));
  }

  /** One that is null is not there. */
  private static Optional<String> attribute(String name, JsonNode value) {
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() && !value.isBoolean() && !value.isIntegralNumber()) {
      throw new InvalidFieldException(
          name, "%s must be a string, a whole number or a boolean".formatted(name));
    }
    return Optional.of(value.asText());
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
