package dev.allim.wire;

import dev.allim.hub.HubConfig;
import dev.allim.hub.spi.MemoryBudget;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers that are long, and are made and kept within the memory that they share with all else that
 * is on its way: who asks for one waits until there is room, and who does not take it is cut off.
 * On the request's loop.
 */
@ApplicationScoped
public class LongAnswers {
  private static final long LOOK_MILLIS = 1000;

  /** A modem of 30 kB/s has taken 1.8 MB by then. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final MemoryBudget onItsWay;
  private final Duration writeTimeout;

  LongAnswers(MemoryBudget onItsWay, HubConfig config) {
    this.onItsWay = onItsWay;
    this.writeTimeout = config.stream().writeTimeout();
  }

  /**
   * Makes the answer to a request when there is room for it.
   *
   * @param bytes what it takes at most, about
   * @param answer makes it
   */
  public <T> Uni<T> when(RoutingContext context, long bytes, Supplier<Uni<T>> answer) {
    VertxInternal vertx = (VertxInternal) context.vertx();
    io.vertx.core.Context loop = vertx.getOrCreateContext();
    return Uni.createFrom()
        .<Boolean>emitter(
            room ->
                onItsWay.whenRoom(
                    () -> {
                      MemoryBudget.Share share = onItsWay.open(() -> cut(context, loop));
                      share.hold(bytes);
                      loop.runOnContext(now -> room.complete(hold(context, share)));
                    }))
        .chain(room -> answer.get());
  }

  /** Others have waited too long for what this one has not taken. */
  private static void cut(RoutingContext context, io.vertx.core.Context loop) {
    loop.runOnContext(
        now -> {
          if (encoder(context.request()).isPresent()) {
            // past the handlers that would first wait for what is queued
            pipeline(context.request()).firstContext().close();
          } else if (!context.response().closed()) {
            context.response().reset();
          }
        });
  }

  /** Holds the share until the socket has taken the answer; whether there will be one. */
  private boolean hold(RoutingContext context, MemoryBudget.Share share) {
    if (isGone(context)) {
      share.close();
      return false;
    }
    Optional<ChannelHandlerContext> encoder = encoder(context.request());
    if (encoder.isPresent()) {
      slice(context, encoder.get(), share);
    } else {
      context.addEndHandler(ended -> watch(context, share, System.nanoTime()));
    }
    return true;
  }

  /**
   * A request that waited behind another is handled even when its connection has ended meanwhile;
   * nobody then tells its answer of that end.
   */
  private static boolean isGone(RoutingContext context) {
    return context.response().closed() || !channel(context.request()).isActive();
  }

  private void slice(
      RoutingContext context, ChannelHandlerContext encoder, MemoryBudget.Share share) {
    SlicedAnswer answer = new SlicedAnswer(writeTimeout.toNanos(), LONGEST.toNanos(), share::close);
    ChannelPipeline pipeline = encoder.pipeline();
    pipeline.addBefore(encoder.name(), null, answer);
    context.addEndHandler(ended -> end(pipeline, answer));
  }

  private static void end(ChannelPipeline pipeline, SlicedAnswer answer) {
    ChannelHandlerContext context = pipeline.context(answer);
    if (context != null) {
      answer.end(context);
    }
  }

  private static Optional<ChannelHandlerContext> encoder(HttpServerRequest request) {
    return Optional.ofNullable(pipeline(request).context(HttpResponseEncoder.class));
  }

  private static ChannelPipeline pipeline(HttpServerRequest request) {
    return channel(request).pipeline();
  }

  private static Channel channel(HttpServerRequest request) {
    return ((ConnectionBase) request.connection()).channel();
  }

  /** HTTP/2 slices by itself, as its windows allow, and tells only when a stream is over. */
  private void watch(RoutingContext context, MemoryBudget.Share share, long began) {
    if (isGone(context)) {
      share.close();
    } else if (System.nanoTime() - began > LONGEST.toNanos()) {
      share.close();
      context.response().reset();
    } else {
      context.vertx().setTimer(LOOK_MILLIS, later -> watch(context, share, began));
    }
  }
}
