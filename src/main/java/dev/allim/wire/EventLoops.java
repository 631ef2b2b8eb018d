package dev.allim.wire;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The threads that serve connections. Safe for any thread. */
@ApplicationScoped
public class EventLoops {
  private final VertxInternal vertx;

  EventLoops(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
  }

  /** Whether one of them has ended, or is about to, as all do when the program ends. */
  public boolean anyEnded() {
    return Stream.of(vertx.getEventLoopGroup(), vertx.getAcceptorEventLoopGroup())
        .flatMap(group -> StreamSupport.stream(group.spliterator(), false))
        .anyMatch(EventExecutor::isShuttingDown);
  }
}
