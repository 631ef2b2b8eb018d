package dev.allim.sse;

import dev.allim.hub.spi.Frame;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Flow;

/** Ends a response with its stream, and the stream with its response. On the request's loop. */
record ServedResponse(RoutingContext context) implements MultiSubscriber<Frame> {
  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    context.addEndHandler(ended -> subscription.cancel());
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onItem(Frame frame) {
    // frames never pass through here
  }

  @Override
  public void onCompletion() {
    if (!context.response().ended()) {
      context.response().end();
    }
  }

  @Override
  public void onFailure(Throwable failure) {
    context.response().reset();
  }
}
