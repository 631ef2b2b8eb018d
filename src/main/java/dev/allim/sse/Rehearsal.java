package dev.allim.sse;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Before the port opens, one reader that nobody sees comes back to a history that does not know its
 * id: the JVM loads what a stream, a replay and a gap need while nobody waits for it, and the first
 * real reader gets its first event several times sooner.
 */
@Singleton
public class Rehearsal {
  /** Behind what makes the hub, before what counts from then on. */
  public static final int PRIORITY = 10_000;

  private static final Logger LOG = Logger.getLogger(Rehearsal.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String REQUEST =
      "GET /events?lastEventId=rehearsal HTTP/1.1\r\nHost: localhost\r\n\r\n";

  void play(@Observes @Priority(PRIORITY) StartupEvent event, Vertx vertx)
      throws InterruptedException {
    if (ImageMode.current() == ImageMode.JVM && LaunchMode.current() != LaunchMode.DEVELOPMENT) {
      play((VertxInternal) vertx);
    }
  }

  private static void play(VertxInternal vertx) throws InterruptedException {
    long start = System.nanoTime();
    CountDownLatch over = new CountDownLatch(1);
    try (InnerServer server = InnerServer.start(vertx, over::countDown)) {
      server.send(REQUEST, new Reader());
      boolean played = over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debugf("Rehearsed=%s ms=%d", played, (System.nanoTime() - start) / 1_000_000);
    }
  }

  /** Leaves with the first event, or with whatever else it is told. On its loop. */
  private static final class Reader extends SimpleChannelInboundHandler<ByteBuf> {
    private final StringBuilder answer = new StringBuilder();

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      answer.append(bytes.toString(StandardCharsets.UTF_8));
      if (answer.indexOf("\ndata: ") >= 0 || answer.indexOf("HTTP/1.1 200") != 0) {
        context.close();
      }
    }
  }
}
