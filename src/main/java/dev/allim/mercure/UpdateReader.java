package dev.allim.mercure;

import dev.allim.http.NotificationFactory;
import dev.allim.http.problem.Problem;
import dev.allim.http.problem.ProblemException;
import dev.allim.http.problem.ProblemType;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.notification.TraceParent;
import dev.allim.text.InvalidFieldException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Makes notifications of what Mercure's publishers send. */
@Singleton
class UpdateReader {
  private static final String TOPIC = "topic";
  private static final String RETRY = "retry";
  private static final Set<String> FIELDS = Set.of(TOPIC, "data", "private", "id", "type", RETRY);
  private static final String TRACE_PARENT = "traceparent";

  private final NotificationFactory factory;

  UpdateReader(NotificationFactory factory) {
    this.factory = factory;
  }

  /**
   * Reads a form.
   *
   * @throws InvalidFieldException if a field is not what it may be, or the body is no form
   * @throws ProblemException 413 if one is larger than it may be, or there are more
   */
  Update read(HttpServerRequest request, byte[] body) {
    Form.require(request);
    return tooLargeAs413(() -> read(Form.of(body, FIELDS::contains)));
  }

  private Update read(Form form) {
    List<String> topics = form.all(TOPIC);
    if (topics.isEmpty()) {
      throw new InvalidFieldException(TOPIC, "an update needs a topic");
    }
    return new Update(
        topics.stream().distinct().map(factory::topic).toList(),
        form.all("data").stream().findFirst().orElse(""),
        form.first("id"),
        form.first("type").map(UpdateReader::type),
        form.first(RETRY).map(UpdateReader::retry).orElse(OptionalLong.empty()),
        form.has("private"));
  }

  private static String type(String name) {
    if (name.equals(HubsOwnNames.TYPE.value())) {
      throw new InvalidFieldException(
          "type", "'%s' is the type of the hub's own updates".formatted(name));
    }
    return name;
  }

  private static OptionalLong retry(String text) {
    try {
      if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return OptionalLong.of(Long.parseLong(text));
      }
    } catch (NumberFormatException tooLong) {
      // as anything else that is none
    }
    throw new InvalidFieldException(RETRY, "retry must be a number of milliseconds in digits");
  }

  /** What is to be published of it, from where in a trace the request says. */
  Entry entry(HttpServerRequest request, Update update) {
    Entry entry =
        tooLargeAs413(
            () -> factory.create(update.topics(), update.data(), update.options(), () -> ""));
    List<String> parents = request.headers().getAll(TRACE_PARENT);
    Optional<TraceParent> parent =
        parents.size() == 1 ? TraceParent.parse(parents.get(0)) : Optional.empty();
    return parent.map(entry::tracedBy).orElse(entry);
  }

  /** What is more than one request may have together. */
  void requireComparable(Entry entry) {
    tooLargeAs413(
        () -> {
          factory.requireComparable(List.of(entry));
          return true;
        });
  }

  /** The draft wants sizes told from other mistakes. */
  private static <T> T tooLargeAs413(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ProblemException over) {
      Problem problem = over.problem();
      String field = problem.field().orElse("body");
      if (problem.limit().isEmpty() || field.equals(RETRY)) {
        throw over;
      }
      throw new ProblemException(
          ProblemType.TOO_LARGE
              .inField(field, problem.detail())
              .withLimit(problem.limit().getAsLong(), problem.unit().orElse("bytes")));
    }
  }
}
