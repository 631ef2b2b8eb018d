package dev.allim.ops;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/**
 * Asks for the head of a stream as soon as the program listens, so that the first reader does not
 * wait until all that takes part has been loaded (about 100 ms on a JVM).
 */
@Singleton
public class Rehearsal {
  private static final Logger LOG = Logger.getLogger(Rehearsal.class);
  private static final int PATIENCE_MILLIS = 5_000;
  private static final String REQUEST =
      "HEAD /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  void play(@ObservesAsync HttpServerStart start) {
    int port = start.options().getPort();
    if (port > 0) {
      play(start.options().getHost(), port);
    }
  }

  private static void play(String host, int port) {
    try (Socket socket = new Socket(host, port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      readAll(socket.getInputStream());
    } catch (IOException failure) {
      LOG.debug("There was no rehearsal", failure);
    }
  }

  private static void readAll(InputStream in) throws IOException {
    LOG.debugf("Rehearsed: %d bytes", in.readAllBytes().length);
  }
}
