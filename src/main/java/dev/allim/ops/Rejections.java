package dev.allim.ops;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts publishes that were refused, by what their publisher was answered. */
@Singleton
public class Rejections {
  /** Behind what may route a request anew, so that it comes once, and before all that refuses. */
  private static final int EARLY = 99_999;

  private static final int FIRST_ERROR = 400;
  private static final int FIRST_SERVER_ERROR = 500;

  /** Why, as far as the status tells; no text of a request ever becomes a reason. */
  enum Reason {
    INVALID(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    METHOD(405),
    NOT_ACCEPTABLE(406),
    CONFLICT(409),
    TOO_LARGE(413),
    MEDIA_TYPE(415),
    RATE_LIMITED(429),
    OTHER(0),
    OVERLOADED(503),
    NO_ROOM(507),
    FAILED(500);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    static Reason of(int status) {
      return Arrays.stream(values())
          .filter(reason -> reason.status == status)
          .findFirst()
          .orElse(status < FIRST_SERVER_ERROR ? OTHER : FAILED);
    }

    /** Whether the hub is at fault, or too small, rather than the publisher. */
    boolean ours() {
      return status >= FIRST_SERVER_ERROR;
    }
  }

  private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);
  private final RefusalLog log;

  Rejections(RefusalLog log) {
    this.log = log;
    for (Reason reason : Reason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  LongAdder count(Reason reason) {
    return Objects.requireNonNull(counts.get(reason));
  }

  void around(@Observes Filters filters) {
    filters.register(this::around, EARLY);
  }

  private void around(RoutingContext context) {
    if (context.request().method().equals(HttpMethod.POST)) {
      // before the answer goes: whoever has it may ask for the figures at once
      context.addHeadersEndHandler(head -> answered(context.response().getStatusCode()));
    }
    context.next();
  }

  private void answered(int status) {
    if (status >= FIRST_ERROR) {
      refused(Reason.of(status));
    }
  }

  private void refused(Reason reason) {
    count(reason).increment();
    log.publish(reason);
  }
}
