package dev.allim.sse;

import dev.allim.hub.Admission;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.OpenSubscription;
import dev.allim.hub.Visits;
import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.SubscribeRequest;
import dev.allim.wire.ClientAddress;
import dev.allim.wire.ResponseWire;
import dev.allim.wire.Wires;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * The stream of one response. Quarkus REST writes the head and subscribes, on the connection's
 * event loop; that is the moment this joins the hub. Items never pass through {@code onNext}:
 * frames go straight to the connection, by a {@linkplain Wires wire} that may take the connection
 * over altogether.
 */
final class EventStream extends AbstractMulti<Frame> {
  private final NotificationHub hub;
  private final Admission admission;
  private final Visits visits;
  private final HttpServerRequest request;
  private final StreamTerms terms;

  EventStream(
      NotificationHub hub,
      Admission admission,
      Visits visits,
      HttpServerRequest request,
      StreamTerms terms) {
    this.hub = hub;
    this.admission = admission;
    this.visits = visits;
    this.request = request;
    this.terms = terms;
  }

  @Override
  public void subscribe(MultiSubscriber<? super Frame> downstream) {
    String address = ClientAddress.of(request);
    ResponseWire wire = Wires.of(request, downstream);
    if (hub.draining()) {
      hub.refuse(wire, hub.comeBackAfterDrain(), DisconnectCause.DRAINING);
    } else {
      admission
          .enter(address)
          .ifPresentOrElse(
              comeBack -> hub.refuse(wire, comeBack, DisconnectCause.OVER_LIMIT),
              () -> join(wire, address));
    }
  }

  private void join(ResponseWire wire, String address) {
    ActiveSubscription shown =
        visits.begin(terms.filter(), terms.identity(), address, terms.asked());
    wire.serve(subscribe(wire, placeOf(admission, address), shown));
  }

  /** Whoever does not become a subscription gives its place back. */
  private OpenSubscription subscribe(
      ResponseWire wire, Runnable onClosed, ActiveSubscription shown) {
    try {
      return hub.subscribe(
          new SubscribeRequest(
              terms.filter(),
              terms.start(),
              terms.entitlement(),
              terms.identity(),
              wire,
              terms.dialect(),
              onClosed,
              Optional.of(shown)));
    } catch (RuntimeException | Error fault) {
      onClosed.run();
      throw fault;
    }
  }

  /** Keeps nothing else for as long as the stream lasts, the request least of all. */
  private static Runnable placeOf(Admission admission, String address) {
    return () -> admission.leave(address);
  }
}
