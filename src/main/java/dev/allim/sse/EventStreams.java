package dev.allim.sse;

import dev.allim.hub.Admission;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.StartAt;
import dev.allim.topic.TopicFilter;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes the streams that resources return. */
@ApplicationScoped
public class EventStreams {
  private final NotificationHub hub;
  private final Admission admission;

  EventStreams(NotificationHub hub, Admission admission) {
    this.hub = hub;
    this.admission = admission;
  }

  /**
   * The stream that answers {@code request}. One that begins now begins with this call, on the
   * loop: a reader that has seen the head is sent all that is published from then on.
   */
  public Multi<Frame> open(
      HttpServerRequest request, TopicFilter interest, Dialect dialect, StartAt start) {
    StartAt from = start instanceof StartAt.Now ? hub.here() : start;
    return new EventStream(hub, admission, request, interest, dialect, from);
  }
}
