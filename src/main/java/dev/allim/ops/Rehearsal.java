package dev.allim.ops;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/**
 * Plays one request through the program while it starts, so that the first reader does not wait
 * until all that takes part has been loaded (about 100 ms on a JVM). It comes in by a door of its
 * own, on a port of this machine that is open for that moment only, and reads nothing but the head
 * of a stream.
 */
@Singleton
public class Rehearsal {
  private static final Logger LOG = Logger.getLogger(Rehearsal.class);
  private static final int PATIENCE_MILLIS = 5_000;

  void start(@Observes StartupEvent event, Vertx vertx, Router router) {
    HttpServerOptions door =
        new HttpServerOptions().setHost(InetAddress.getLoopbackAddress().getHostAddress());
    vertx
        .createHttpServer(door.setPort(0))
        .requestHandler(router)
        .listen()
        .onSuccess(server -> begin(server))
        .onFailure(failure -> LOG.debug("There is no rehearsal", failure));
  }

  private static void begin(HttpServer door) {
    Thread thread = new Thread(() -> play(door), "allim-rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private static void play(HttpServer door) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.actualPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write(
              "HEAD /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      readAll(socket.getInputStream());
    } catch (IOException failure) {
      LOG.debug("The rehearsal was broken off", failure);
    } finally {
      door.close();
    }
  }

  private static void readAll(InputStream in) throws IOException {
    LOG.debugf("Rehearsed: %d bytes", in.readAllBytes().length);
  }
}
