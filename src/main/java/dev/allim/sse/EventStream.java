package dev.allim.sse;

import dev.allim.hub.Admission;
import dev.allim.hub.DisconnectCause;
import dev.allim.hub.Frame;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.OpenSubscription;
import dev.allim.hub.StartAt;
import dev.allim.notification.Interest;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * The stream of one response. Quarkus REST writes the head and subscribes, on the connection's
 * event loop; that is the moment this joins the hub. Items never pass through {@code onNext}:
 * frames go straight to the connection. What remains of the Reactive Streams contract is its ends:
 * {@code cancel} when the reader has gone, {@code onComplete} when the hub ends the response.
 */
final class EventStream extends AbstractMulti<Frame> {
  private final NotificationHub hub;
  private final Admission admission;
  private final HttpServerRequest request;
  private final Interest interest;
  private final StartAt start;

  EventStream(
      NotificationHub hub,
      Admission admission,
      HttpServerRequest request,
      Interest interest,
      StartAt start) {
    this.hub = hub;
    this.admission = admission;
    this.request = request;
    this.interest = interest;
    this.start = start;
  }

  @Override
  public void subscribe(MultiSubscriber<? super Frame> downstream) {
    ResponseWire wire = Wires.of(request, downstream::onCompletion);
    if (hub.draining()) {
      refuse(downstream, wire, hub.comeBackAfterDrain(), DisconnectCause.DRAINING);
      return;
    }
    String address = request.remoteAddress().hostAddress();
    Optional<Duration> comeBack = admission.enter(address);
    if (comeBack.isPresent()) {
      refuse(downstream, wire, comeBack.get(), DisconnectCause.OVER_LIMIT);
    } else {
      join(downstream, wire, address);
    }
  }

  private void refuse(
      MultiSubscriber<? super Frame> downstream,
      ResponseWire wire,
      Duration comeBack,
      DisconnectCause cause) {
    downstream.onSubscribe(new UntilCancelled(() -> {}));
    hub.refuse(wire, comeBack, cause);
  }

  private void join(MultiSubscriber<? super Frame> downstream, ResponseWire wire, String address) {
    OpenSubscription subscription =
        hub.subscribe(interest, start, wire, () -> admission.leave(address));
    wire.onDrained(subscription::writable);
    downstream.onSubscribe(new UntilCancelled(subscription::leave));
  }

  /** Demand means nothing here: a reader that is slow is one whose socket is full. */
  private record UntilCancelled(Runnable onCancel) implements Flow.Subscription {
    @Override
    public void request(long items) {
      // see above
    }

    @Override
    public void cancel() {
      onCancel.run();
    }
  }
}
