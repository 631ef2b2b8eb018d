package dev.allim.api;

import dev.allim.notification.InvalidFieldException;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the request line says, read from its raw form: frameworks normalise paths and mend broken
 * encodings, and either would change a topic silently.
 */
final class RequestTarget {
  private static final String RESOURCE = "/events/";

  private final String path;
  private final Map<String, List<String>> parameters;

  private RequestTarget(String path, Map<String, List<String>> parameters) {
    this.path = path;
    this.parameters = parameters;
  }

  /**
   * Reads the query.
   *
   * @throws InvalidFieldException if a parameter is malformed
   */
  static RequestTarget of(RoutingContext context) {
    RawTarget raw = RawTarget.of(context);
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : raw.query().split("&", -1)) {
      addPair(parameters, pair);
    }
    return new RequestTarget(raw.path(), parameters);
  }

  private static void addPair(Map<String, List<String>> parameters, String pair) {
    if (!pair.isEmpty()) {
      int equals = pair.indexOf('=');
      String rawName = equals < 0 ? pair : pair.substring(0, equals);
      String name = Percent.decodeQuery("query", rawName);
      String value = equals < 0 ? "" : Percent.decodeQuery(name, pair.substring(equals + 1));
      parameters.computeIfAbsent(name, unknown -> new ArrayList<>()).add(value);
    }
  }

  /** The topic in the path: all that follows {@code /events/}, decoded once. */
  String topic() {
    int resource = path.indexOf(RESOURCE);
    if (resource < 0) {
      throw new InvalidFieldException("topic", "the path must be written as /events/{topic}");
    }
    return Percent.decodePath("topic", path.substring(resource + RESOURCE.length()));
  }

  /**
   * Refuses every parameter that is not {@code known}, so that a misspelt one is not lost silently.
   */
  void allow(List<String> known) {
    for (String name : parameters.keySet()) {
      if (!known.contains(name)) {
        throw new InvalidFieldException(
            name, "there is no parameter '%s' here; known are %s".formatted(name, known));
      }
    }
  }

  List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  /** The value of a parameter that may be given once. */
  Optional<String> one(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw new InvalidFieldException(name, "%s may be given once".formatted(name));
    }
    return values.stream().findFirst();
  }
}
