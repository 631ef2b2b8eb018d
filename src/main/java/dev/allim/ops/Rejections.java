package dev.allim.ops;

import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Counts publishes that were refused, by what their publisher was answered. */
@Singleton
public class Rejections {
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

  /** Looks at each answer; all but refused publishes pass. */
  @ServerResponseFilter
  public void answered(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() >= FIRST_ERROR && HttpMethod.POST.equals(request.getMethod())) {
      refused(Reason.of(response.getStatus()));
    }
  }

  private void refused(Reason reason) {
    count(reason).increment();
    log.publish(reason);
  }
}
