package dev.allim.runtime;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Before the port opens, one subscriber that nobody sees comes back to a history that does not know
 * its id: the JVM loads what a stream, a replay and a gap need while nobody waits for it, and the
 * first real subscriber gets its first event several times sooner.
 */
@Singleton
public class WarmUp {
  /** Behind what makes the hub, before what counts from then on. */
  public static final int PRIORITY = 10_000;

  private static final Logger LOG = Logger.getLogger(WarmUp.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String REQUEST =
      "GET /events?lastEventId=rehearsal HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  /** A program that is compiled already has nothing to load; one in development asks to reload. */
  void play(@Observes @Priority(PRIORITY) StartupEvent event, Vertx vertx)
      throws InterruptedException {
    if (ImageMode.current() == ImageMode.JVM && LaunchMode.current() != LaunchMode.DEVELOPMENT) {
      play((VertxInternal) vertx);
    }
  }

  private static void play(VertxInternal vertx) throws InterruptedException {
    long start = System.nanoTime();
    CountDownLatch gone = new CountDownLatch(1);
    try (InnerServer server = InnerServer.start(vertx, gone::countDown)) {
      boolean played = hearsAnEvent(server.address());
      boolean over = gone.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debugf("Rehearsed=%s ms=%d", played && over, millisSince(start));
    } catch (IOException | UncheckedIOException failure) {
      LOG.debug("There was no rehearsal", failure);
    }
  }

  private static boolean hearsAnEvent(InetSocketAddress server) throws IOException {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      Stream<String> answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
              .lines();
      return answer.anyMatch(line -> line.startsWith("data: "));
    }
  }

  private static long millisSince(long nanoTime) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
  }
}
