package dev.allim.http.route;

import dev.allim.text.InvalidFieldException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotFoundException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the request line says, read from its raw form: frameworks normalise paths and mend broken
 * encodings, and either would change a topic silently.
 */
public final class RequestTarget {
  private static final String KEY = RequestTarget.class.getName();

  private final String below;
  private final Map<String, List<String>> parameters;

  private RequestTarget(String below, Map<String, List<String>> parameters) {
    this.below = below;
    this.parameters = parameters;
  }

  /**
   * Reads a request for a facade itself. Whatever led the request here, it is refused unless its
   * path is the facade's, character by character.
   *
   * @throws InvalidFieldException if a parameter is malformed
   * @throws NotFoundException if the path is another
   */
  public static RequestTarget of(Facade facade, RoutingContext context) {
    RawTarget raw = RawTarget.of(context);
    if (!raw.path().equals(facade.path())) {
      throw new NotFoundException();
    }
    return read("", raw, context);
  }

  /**
   * Reads a request for what is below a facade. Whatever led the request here, it is refused unless
   * its path begins with the facade's, character by character, and a slash.
   *
   * @throws InvalidFieldException if a parameter is malformed
   * @throws NotFoundException if the path is another
   */
  public static RequestTarget below(Facade facade, RoutingContext context) {
    RawTarget raw = RawTarget.of(context);
    return read(facade.below(raw.path()).orElseThrow(NotFoundException::new), raw, context);
  }

  private static RequestTarget read(String below, RawTarget raw, RoutingContext context) {
    RequestTarget kept = context.remove(KEY);
    return kept != null && kept.below.equals(below)
        ? kept
        : new RequestTarget(below, parameters(raw.query()));
  }

  /** Whoever reads the request next need not do it again. */
  public void keepIn(RoutingContext context) {
    context.put(KEY, this);
  }

  private static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      addPair(parameters, pair);
    }
    return parameters;
  }

  private static void addPair(Map<String, List<String>> parameters, String pair) {
    if (!pair.isEmpty()) {
      int equals = pair.indexOf('=');
      String rawName = equals < 0 ? pair : pair.substring(0, equals);
      String name = UrlDecoding.decodeQuery("query", rawName);
      String value = equals < 0 ? "" : UrlDecoding.decodeQuery(name, pair.substring(equals + 1));
      parameters.computeIfAbsent(name, unknown -> new ArrayList<>()).add(value);
    }
  }

  /**
   * The topic in the path: all that is below the facade, decoded once.
   *
   * @throws InvalidFieldException if it is badly encoded
   */
  public String topic() {
    return UrlDecoding.decodePath("topic", below);
  }

  /**
   * Refuses every parameter that is not {@code known}, so that a misspelt one is not lost silently.
   *
   * @throws InvalidFieldException that names the first unknown one
   */
  public void allow(List<String> known) {
    for (String name : parameters.keySet()) {
      if (!known.contains(name)) {
        throw new InvalidFieldException(
            name, "there is no parameter '%s' here; known are %s".formatted(name, known));
      }
    }
  }

  /** All values of a parameter, in order. */
  public List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  /**
   * The value of a parameter that may be given once.
   *
   * @throws InvalidFieldException if it is given more often
   */
  public Optional<String> one(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw new InvalidFieldException(name, "%s may be given once".formatted(name));
    }
    return values.stream().findFirst();
  }
}
