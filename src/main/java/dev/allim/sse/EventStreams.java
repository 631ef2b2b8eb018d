package dev.allim.sse;

import dev.allim.hub.Admission;
import dev.allim.hub.HubConfig;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.Visits;
import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.StartAt;
import dev.allim.wire.VanishedClients;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Makes the streams that resources return. */
@ApplicationScoped
public class EventStreams {
  private final NotificationHub hub;
  private final Admission admission;
  private final Visits visits;
  private final Duration patience;

  EventStreams(NotificationHub hub, Admission admission, Visits visits, HubConfig config) {
    this.hub = hub;
    this.admission = admission;
    this.visits = visits;
    this.patience = patience(config.settings());
  }

  /**
   * Two heartbeats unheard; a socket that is merely full has its own time-out, which is shorter.
   */
  private static Duration patience(HubSettings settings) {
    Duration longer =
        settings.heartbeat().compareTo(settings.writeTimeout()) > 0
            ? settings.heartbeat()
            : settings.writeTimeout();
    return longer.multipliedBy(2);
  }

  /**
   * The stream that answers {@code request}. One that begins now begins with this call, on the
   * loop: a subscriber that has seen the head is sent all that is published from then on.
   */
  public Multi<Frame> open(HttpServerRequest request, StreamTerms terms) {
    VanishedClients.giveUpAfter(patience, request);
    StreamTerms placed = terms.start() instanceof StartAt.Now ? terms.from(hub.here()) : terms;
    return new EventStream(hub, admission, visits, request, placed);
  }

  /**
   * Answers a request with a stream where there is no JAX-RS to do so: writes the head, whose
   * fields are set, and joins the hub. On the request's loop.
   */
  public void serve(RoutingContext context, StreamTerms terms) {
    Multi<Frame> stream = open(context.request(), terms);
    context
        .response()
        .setChunked(true)
        .write(Buffer.buffer())
        .onSuccess(written -> stream.subscribe(new ServedResponse(context)));
  }
}
