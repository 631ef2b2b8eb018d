package dev.allim.api;

import dev.allim.notification.InvalidFieldException;
import io.vertx.core.http.HttpServerRequest;
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

  private final HttpServerRequest request;
  private final Map<String, List<String>> parameters;

  private RequestTarget(HttpServerRequest request, Map<String, List<String>> parameters) {
    this.request = request;
    this.parameters = parameters;
  }

  /**
   * Reads the query.
   *
   * @throws InvalidFieldException if a parameter is malformed
   */
  static RequestTarget of(HttpServerRequest request) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String query = request.query();
    if (query != null) {
      for (String pair : query.split("&")) {
        addPair(parameters, pair);
      }
    }
    return new RequestTarget(request, parameters);
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
    String path = request.path();
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
